// The client of the language server: it finds the program, starts it and shows
// what it says. What is a defect, and how it is mended, only the server knows.

import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import { execute } from './commands';
import { findServer } from './program';

// What only a server that starts can be told.
const asStarted = ['path', 'workspaceDiagnostics', 'maxFileSize', 'memoryLimit'];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('sessionlint', { log: true });

  // One after another: a server that is still starting cannot be stopped.
  let last: Promise<void> = Promise.resolve();
  const restart = (): Promise<void> => {
    last = last.then(() => stop()).then(() => start(context, output));
    return last;
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand('sessionlint.restart', restart),
    vscode.workspace.onDidChangeConfiguration((event) =>
      asStarted.some((setting) => event.affectsConfiguration(`sessionlint.${setting}`)) ? restart() : undefined,
    ),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function stop(): Promise<void> {
  const old = client;
  client = undefined;
  try {
    await old?.dispose();
  } catch {
    // It had ended by itself, or did not answer and was ended.
  }
}

async function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Promise<void> {
  const settings = vscode.workspace.getConfiguration('sessionlint');
  const found = findServer(settings.get('path', '').trim(), context.extensionPath);
  if ('problem' in found) {
    tell(found.problem, 'Open Settings');
    return;
  }
  output.info(`starting ${found.program} server`);
  client = new LanguageClient(
    'sessionlint',
    'sessionlint',
    { command: found.program, args: ['server'] },
    {
      documentSelector: [
        { language: 'python', scheme: 'file' },
        { language: 'python', scheme: 'untitled' },
        { language: 'python', scheme: 'vscode-notebook-cell' },
        { scheme: 'file', pattern: '**/{pyproject,sessionlint,.sessionlint}.toml' },
      ],
      outputChannel: output,
      initializationOptions: Object.fromEntries(asStarted.slice(1).map((name) => [name, settings.get(name)])),
      // The server asks for its settings when it is told that they changed.
      synchronize: { configurationSection: 'sessionlint' },
      middleware: { executeCommand: execute },
    },
  );
  try {
    await client.start();
  } catch (error) {
    output.error(String(error));
    tell(`${found.program} does not run as sessionlint's language server: ${error}`, 'Show Output', () => output.show());
  }
}

/** Shows an error with one button. It is not waited for: people may leave it there. */
function tell(message: string, button: string, action?: () => void): void {
  const openSettings = () => void vscode.commands.executeCommand('workbench.action.openSettings', 'sessionlint.path');
  void vscode.window.showErrorMessage(message, button).then((pressed) => {
    if (pressed) {
      (action ?? openSettings)();
    }
  });
}
