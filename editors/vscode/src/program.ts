// Where the sessionlint program is.

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

const windows = process.platform === 'win32';
const name = windows ? 'sessionlint.exe' : 'sessionlint';

type Found = { program: string } | { problem: string };

/** Finds the program: the one of the setting, else the one that came with the extension, else the one in PATH. */
export function findServer(setting: string, extensionPath: string): Found {
  if (setting) {
    const wanted = setting.replace(/^~(?=\/|\\|$)/, homedir());
    const program = wanted.includes('/') || wanted.includes(path.sep) ? wanted : inPath(wanted);
    return program && runs(program)
      ? { program }
      : {
          problem:
            `sessionlint cannot start: the setting sessionlint.path is "${setting}", and no such program can be run. ` +
            'Correct it, or empty it to use the program that comes with the extension or is in PATH.',
        };
  }
  const bundled = path.join(extensionPath, 'bin', name);
  const program = runs(bundled) ? bundled : inPath(name);
  return program
    ? { program }
    : {
        problem:
          'sessionlint cannot start: this build of the extension comes without the program, and there is none in PATH. ' +
          'Install sessionlint, or name it in the setting sessionlint.path.',
      };
}

function inPath(file: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const names = windows && !path.extname(file) ? [`${file}.exe`] : [file];
  return folders.flatMap((folder) => names.map((n) => path.join(folder, n))).find(runs);
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
