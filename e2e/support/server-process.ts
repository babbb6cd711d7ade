import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from './command-line.ts';

const entry = join(repositoryRoot, 'apps/server/dist/main.js');

/** A server in a process of its own, on its own data folder, that can be killed at any moment and started again on the same port. */
export class ServerProcess {
  #child: ChildProcess | null = null;
  #output = '';
  readonly #port: number;
  readonly #dataFolder: string;
  readonly #setupCode: string;

  constructor(port: number, dataFolder: string, setupCode: string) {
    this.#port = port;
    this.#dataFolder = dataFolder;
    this.#setupCode = setupCode;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Everything it printed, for the message of a failing test. */
  get output(): string {
    return this.#output;
  }

  /** Starts it and waits until it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [entry], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        VEDETTE_DATA: this.#dataFolder,
        VEDETTE_SETUP_CODE: this.#setupCode,
        NODE_OPTIONS: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const take = (text: string) => {
        this.#output += text;
        if (/^ready http/m.test(this.#output.slice(-4000))) resolve();
      };
      child.stdout.setEncoding('utf8').on('data', take);
      child.stderr.setEncoding('utf8').on('data', take);
      child.once('exit', (code, signal) =>
        reject(new Error(`the server ended (${code ?? signal}) before it was ready:\n${this.#output}`)),
      );
    });
  }

  /** `kill -9`: no chance to finish anything. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.#child = null;
    this.#output += '\n--- killed ---\n';
  }

  /** Asks it to stop and waits; gives the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    this.#child = null;
    return code;
  }
}
