// What the server's commands give is shown here. The client library registers the
// commands with VS Code under the names that the server tells; a lens calls them
// with arguments, a person without any.

import * as vscode from 'vscode';
import type { ExecuteCommandSignature } from 'vscode-languageclient/node';

const timeline = 'sessionlint.showSessionTimeline';
const debugInformation = 'sessionlint.debugInformation';
const explainRule = 'sessionlint.explainRule';

interface Story {
  function: string;
  svg: string;
}

/** Executes a command of the server, and shows what comes of it. */
export async function execute(command: string, args: unknown[], next: ExecuteCommandSignature): Promise<unknown> {
  const given = args?.length ? args : await usual(command);
  if (!given) {
    return undefined;
  }
  const result: unknown = await next(command, given);
  if (command === timeline) {
    showTimeline(result as Story | null);
  } else if (command === debugInformation) {
    await showText(JSON.stringify(result, undefined, 2), 'json');
  } else if (command === explainRule) {
    await showText(result as string, 'markdown');
  }
  return result;
}

/** The arguments that a person means, undefined if nothing is meant. */
async function usual(command: string): Promise<unknown[] | undefined> {
  if (command === debugInformation) {
    return [];
  }
  if (command === explainRule) {
    const rule = await vscode.window.showInputBox({ prompt: 'The code or name of a rule', placeHolder: 'SES101' });
    return rule ? [rule.trim()] : undefined;
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return undefined;
  }
  const { line, character } = editor.selection.active;
  return [{ uri: editor.document.uri.toString(), position: { line, character } }];
}

// The colours of the theme, in place of the picture's own.
const style = `
body { padding: 0; background: var(--vscode-editor-background) }
body .sessionlint {
  --ground: var(--vscode-editor-background); --text: var(--vscode-editor-foreground);
  --faint: var(--vscode-descriptionForeground); --line: var(--vscode-editorIndentGuide-background1);
  --work: var(--vscode-charts-blue); --good: var(--vscode-charts-green); --bad: var(--vscode-charts-red)
}`;

function showTimeline(story: Story | null): void {
  if (!story) {
    void vscode.window.showInformationMessage('No session is used in the function at the cursor.');
    return;
  }
  const title = `Sessions of ${story.function || 'the module'}`;
  const panel = vscode.window.createWebviewPanel('sessionlint.timeline', title, vscode.ViewColumn.Beside, {});
  panel.webview.html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${style}</style></head><body>${story.svg}</body></html>`;
}

async function showText(content: string, language: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document, { preview: true });
}
