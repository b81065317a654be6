// The extension in real VS Code, used as a person would: by keyboard and mouse, on
// the sample. Screenshots go to the folder SHOTS, if that is set.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { open } from './vscode.mjs';

const here = import.meta.dirname;
const sample = path.resolve(here, '../../sample');
const program = path.resolve(here, '../bin/sessionlint');
const route = 'sample_app/routes/overview.py';

let code, page;
let broken; // the step that failed

before(async () => {
  code = await open({
    folder: sample,
    vsix: path.resolve(here, '../sessionlint.vsix'),
    settings: { 'sessionlint.path': '/no/such/sessionlint' },
  });
  page = code.page;
}, { timeout: 120_000 });

after(async () => {
  await code?.quit();
  code?.remove();
});

/** A step of the story: a picture of the window is kept, and the log told if it fails. */
function step(name, run) {
  test(name, { timeout: 120_000 }, async () => {
    if (broken) throw new Error(`not tried: "${broken}" failed, and this goes on from there`);
    try {
      await run();
    } catch (error) {
      broken = name;
      console.error(code?.log());
      await picture(`failed ${name}`, os.tmpdir());
      throw error;
    }
    await picture(name, process.env.SHOTS);
  });
}

async function picture(name, folder) {
  if (!folder || !page) return;
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `vscode ${name}.png`.replaceAll(' ', '-'));
  await page.screenshot({ path: file }).then(
    () => console.log(`# ${file}`),
    (error) => console.error(`# no picture: ${error}`),
  );
}

async function openFile(name) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(name) }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
}

async function runCommand(title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** The line may be out of sight: the row of the problem leads to it. */
async function goToProblem() {
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'SES101' }).first().dblclick();
  await page.locator('.statusbar-item', { hasText: 'Ln 27' }).waitFor();
  // The editor takes the focus late: what is typed into a box until then goes into the file.
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

function cli(...args) {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  assert.ok(done.status === 0 || done.status === 1, done.stderr);
  return done;
}

const onDisk = () => fs.readFileSync(path.join(code.workspace, route), 'utf8');

const squiggle = '.monaco-editor .squiggly-error';

step('a program that is missing is told, and what to do', async () => {
  await openFile('overview.py');
  const message = page.locator('.notification-list-item-message', { hasText: 'sessionlint cannot start' });
  await message.waitFor();
  assert.match(await message.innerText(), /"\/no\/such\/sessionlint".*Correct it, or empty it/);
  await page.locator('.notifications-toasts .monaco-button', { hasText: 'Open Settings' }).waitFor();
  assert.equal(await page.locator(squiggle).count(), 0);
});

step('the corrected setting starts the server', async () => {
  for (let left = 10; ; left--) {
    // VS Code does not see a change that comes before it watches the file: write it again.
    code.configure({});
    try {
      await page.locator(squiggle).first().waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
});

step('the problem is shown with what led to it', async () => {
  const rows = page.locator('.markers-panel .monaco-list-row');
  const opened = rows.filter({ hasText: 'is opened here' }).first();
  for (let left = 5; ; left--) {
    // A key that is pressed while VS Code still starts can be lost: ask again.
    await runCommand('Problems: Focus on Problems View');
    try {
      await opened.waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (left === 0) throw error;
      await page.keyboard.press('Escape');
    }
  }
  const [, problem, ...related] = await rows.allInnerTexts();
  assert.match(problem, /session.*\n?sessionlint.*SES101.*\[Ln 27, Col 15\]/s);
  assert.ok(related.length > 0, 'no related places');
});

step('the life of the session is drawn, and shown in the source', async () => {
  await goToProblem();
  await page.locator('.view-line', { hasText: 'session opens again here' }).waitFor();
  await runCommand('sessionlint: Show Session Timeline');
  await page.locator('.tab', { hasText: 'Sessions of overview' }).waitFor();
  await until(async () => (await pictures()).some((texts) => texts.includes('scalars() opens it again, and begins a transaction')));
  await runCommand('View: Close All Editors in Group');
  await page.locator('.tab', { hasText: 'Sessions of overview' }).waitFor({ state: 'detached' });
});

/** The texts of the pictures that are shown: each is in a frame of its own. */
function pictures() {
  return Promise.all(
    page.frames().map((frame) => frame.locator('svg.sessionlint text').allTextContents().catch(() => [])), // it may be gone
  );
}

step('the fix is offered', async () => {
  await goToProblem();
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: /^Move/ });
  for (let left = 5; ; left--) {
    // VS Code drops the request if its extensions change meanwhile: ask again.
    await page.keyboard.press('Control+.');
    try {
      await fix.first().waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (left === 0) throw error;
      await page.keyboard.press('Escape');
    }
  }
});

step('the fix mends the file, on the screen and on disk', async () => {
  const before = onDisk();
  await page.keyboard.press('Enter');
  // An unsafe fix is shown first: what is ticked is done.
  await page.locator('.bulk-edit-panel .edit-checkbox').first().click();
  await page.locator('.bulk-edit-panel .monaco-button', { hasText: 'Apply' }).click();
  await page.waitForFunction((css) => !document.querySelector(css), squiggle);
  assert.equal(onDisk(), before);
  await page.keyboard.press('Control+S');
  await page.waitForFunction(() => !document.querySelector('.tab.active.dirty'));

  const copy = path.join(code.workspace, 'by-command-line.py');
  fs.writeFileSync(copy, before);
  cli('check', '--fix', '--unsafe-fixes', copy);
  assert.notEqual(onDisk(), before);
  assert.equal(onDisk(), fs.readFileSync(copy, 'utf8'));
  fs.rmSync(copy);
  assert.equal(cli('check', path.join(code.workspace, route)).status, 0);
});

step('undo brings the problem back', async () => {
  await page.locator('.view-line', { hasText: 'waiting = session.scalars' }).click();
  await page.keyboard.press('Control+Z');
  await page.locator(squiggle).first().waitFor();
});

step('the server can be restarted', async () => {
  const [before] = servers();
  await runCommand('sessionlint: Restart Server');
  await until(() => servers().length === 1 && servers()[0] !== before);
  await openFile('kiln_errors.py');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'SES201' }).first().waitFor();
});

test('the server ends with VS Code', { timeout: 60_000 }, async () => {
  assert.equal(servers().length, 1);
  await code.quit();
  await until(() => servers().length === 0);
});

/** The ids of the processes that run the program of the installed extension. */
function servers() {
  return fs.readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && fs.readlinkSync(`/proc/${id}/exe`).startsWith(code.extensions);
    } catch {
      return false; // gone, or another user's
    }
  });
}

async function until(holds) {
  for (let left = 300; !(await holds()); left--) {
    assert.ok(left > 0, `never came true: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
