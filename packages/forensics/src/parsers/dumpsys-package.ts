import { isDenial } from '../denial.ts';
import type { AppNote, EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { type LocalTime, parseLocalTime } from '../local-time.ts';

const PACKAGE = /^ {2}Package \[([^\]\s]{1,300})\] \(/;
const USER = /^ {4}User (\d+):/;
const PERMISSION = /^ {4,10}([A-Za-z][\w.]{2,199}): granted=(true|false)/;
const MAX_PERMISSIONS = 500;

/** One `Package [x]` block while it is being read. */
interface Block {
  readonly name: string;
  readonly line: number;
  uid: number | null;
  versionCode: number | null;
  versionName: string | null;
  installer: string | null;
  initiator: string | null;
  system: boolean;
  enabled: boolean;
  installedForSomeone: boolean;
  users: number;
  firstInstalled: LocalTime | null;
  updated: LocalTime | null;
  signerHints: string[];
  granted: Set<string>;
  user: string | null;
}

/**
 * `dumpsys package` (AOSP Settings.dumpPackagesLPr): the section `Packages:` with one `  Package [name] (hash):` block per
 * app, fields indented by four, `User N:` sub-blocks below. `Hidden system packages:` repeats factory versions of updated
 * apps and is passed over. Permissions, enabled state and install time are those of user 0; install-time permissions, which
 * hold for all users, are kept too. Dates are local times of the device.
 */
export function createDumpsysPackageReader(builder: EvidenceBuilder, file: string): LineReader {
  let inPackages = false;
  let blocks = 0;
  let first = 0;
  let ended = false;
  let block: Block | null = null;
  let refused: { text: string; line: number } | null = null;

  function close(): void {
    if (block === null) return;
    if (block.users > 0 && !block.installedForSomeone) builder.dropApp(block.name);
    if (block.uid !== null) builder.usage.uid(block.uid, block.name);
    builder.app(noteOf(block, file));
    block = null;
  }

  return {
    line(text, number) {
      if (text === 'Packages:') {
        inPackages = true;
        return;
      }
      if (!inPackages) {
        if (refused === null && isDenial(text)) refused = { text, line: number };
        return;
      }
      // The lines of the list are indented; a complaint of the service is not.
      if (!text.startsWith(' ') && isDenial(text)) {
        close();
        inPackages = false;
        refused ??= { text, line: number };
        return;
      }
      // The next unindented title ends the section.
      if (/^[A-Za-z]/.test(text)) {
        close();
        inPackages = false;
        ended = true;
        return;
      }
      const header = PACKAGE.exec(text);
      if (header !== null) {
        close();
        block = newBlock(header[1] ?? '', number);
        blocks += 1;
        if (first === 0) first = number;
        return;
      }
      if (block !== null) readField(block, text);
    },
    end() {
      close();
      // A dump that stops within the section was cut: apps are missing.
      if (blocks > 0 && ended) builder.inventoryRead({ file, line: first });
      if (!ended && refused !== null) builder.denied('packages', refused.text, { file, line: refused.line });
    },
  };
}

function newBlock(name: string, line: number): Block {
  return {
    name,
    line,
    uid: null,
    versionCode: null,
    versionName: null,
    installer: null,
    initiator: null,
    system: false,
    enabled: true,
    installedForSomeone: false,
    users: 0,
    firstInstalled: null,
    updated: null,
    signerHints: [],
    granted: new Set(),
    user: null,
  };
}

function readField(block: Block, text: string): void {
  const user = USER.exec(text);
  if (user !== null) {
    readUser(block, user[1] ?? '', text);
    return;
  }
  const permission = PERMISSION.exec(text);
  if (permission !== null) {
    const ours = block.user === null || block.user === '0';
    if (ours && permission[2] === 'true' && block.granted.size < MAX_PERMISSIONS)
      block.granted.add(permission[1] ?? '');
    return;
  }
  const field = text.trimStart();
  const equals = field.indexOf('=');
  if (equals <= 0) return;
  const value = field.slice(equals + 1);
  switch (field.slice(0, equals)) {
    // `userId` before Android 13.
    case 'appId':
    case 'userId':
      if (/^\d{1,9}$/.test(value)) block.uid ??= Number(value);
      break;
    case 'versionCode': {
      const code = /^(\d{1,15})\b/.exec(value)?.[1];
      if (code !== undefined) block.versionCode = Number(code);
      break;
    }
    case 'versionName':
      if (value !== 'null') block.versionName = value.slice(0, 200);
      break;
    case 'installerPackageName':
      block.installer = packageOrNull(value);
      break;
    case 'initiatingPackageName':
    case 'installInitiatingPackageName':
      block.initiator = packageOrNull(value);
      break;
    case 'flags':
    case 'pkgFlags':
      if (/[[ ]SYSTEM[ \]]/.test(value)) block.system = true;
      break;
    case 'firstInstallTime':
      // Before Android 12 it stood in the block itself, later in each user's part.
      if (block.user === null || block.user === '0') block.firstInstalled ??= parseLocalTime(value);
      break;
    case 'lastUpdateTime':
      block.updated = parseLocalTime(value);
      break;
    case 'signatures':
      block.signerHints = signerHints(value);
      break;
    default:
  }
}

function readUser(block: Block, user: string, text: string): void {
  block.user = user;
  block.users += 1;
  if (!/\binstalled=false\b/.test(text)) block.installedForSomeone = true;
  // PackageManager.COMPONENT_ENABLED_STATE_*: 2 disabled, 3 disabled by the user, 4 until used.
  const enabled = /\benabled=(\d)\b/.exec(text)?.[1];
  if (user === '0' && (enabled === '2' || enabled === '3' || enabled === '4')) block.enabled = false;
}

function signerHints(value: string): string[] {
  const inner = /signatures:\[([^\]]*)\]/.exec(value)?.[1];
  if (inner === undefined) return [];
  return inner
    .split(',')
    .map((hint) => hint.trim())
    .filter((hint) => /^[0-9a-f]{4,64}$/i.test(hint))
    .slice(0, 20);
}

function packageOrNull(value: string): string | null {
  const name = value.trim();
  return name === '' || name === 'null' ? null : name.slice(0, 300);
}

function noteOf(block: Block, file: string): AppNote {
  return {
    package: block.name,
    versionCode: block.versionCode,
    versionName: block.versionName,
    installer: block.installer,
    ...(block.initiator === null ? {} : { initiator: block.initiator }),
    system: block.system,
    enabled: block.enabled,
    signerHints: block.signerHints,
    grantedPermissions: [...block.granted],
    firstInstalled: block.firstInstalled,
    updated: block.updated,
    rawRef: `${file}:${block.line}`,
  };
}
