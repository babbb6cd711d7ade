import type { Observable, ObservableKind } from '@vedette/contracts';
import { getDomain, getPublicSuffix } from 'tldts';
import { hostOf, normalise } from './normalise.ts';

/** One value that an indicator of a kind could have, to count as a hit on an observable. */
export interface Candidate {
  readonly kind: ObservableKind;
  readonly value: string;
  readonly how: string;
}

/** Words of a command that are looked at; parents of a path; labels of a host. Longer input is hostile. */
const MAX_WORDS = 200;
const MAX_PARENTS = 64;
/** iOS cuts the names of processes to this length (`MAXCOMLEN`, xnu bsd/sys/param.h). */
export const TRUNCATED = 16;

/** What an indicator would have to be, to name this observable. Exact at boundaries: labels of hosts, parts of paths, words of commands. */
export function candidatesOf({ kind, value }: Observable): readonly Candidate[] {
  switch (kind) {
    case 'domain':
      return hostCandidates(normalise('domain', value), '');
    case 'url':
      return urlCandidates(value);
    case 'path':
      return pathCandidates(value);
    case 'process':
      return processCandidates(value);
    case 'command':
      return commandCandidates(value);
    case 'ip': {
      const address = normalise('ip', value);
      return address === null ? [] : [{ kind: 'ip', value: address, how: 'the same address' }];
    }
    default: {
      const same = normalise(kind, value);
      return same === null ? [] : [{ kind, value: same, how: 'the same value' }];
    }
  }
}

/** The host itself and those above it, down to the domain that somebody registered: what is below a listed name belongs to the one who was listed, what is above it does not. */
function hostCandidates(host: string | null, of: string): readonly Candidate[] {
  if (host === null) return [];
  const address = normalise('ip', host);
  if (address !== null) return [{ kind: 'ip', value: address, how: `${of === '' ? 'the' : of} same address` }];
  const found: Candidate[] = [{ kind: 'domain', value: host, how: of === '' ? 'the same host' : of }];
  const options = { allowPrivateDomains: true };
  const registered = getDomain(host, options) ?? getPublicSuffix(host, options) ?? host;
  for (let at = host.indexOf('.'); at >= 0; at = host.indexOf('.', at + 1)) {
    const above = host.slice(at + 1);
    if (above.length < registered.length) break;
    found.push({
      kind: 'domain',
      value: above,
      how: of === '' ? 'a host below the listed domain' : `${of}, which is below the listed domain`,
    });
  }
  return found;
}

function urlCandidates(value: string): readonly Candidate[] {
  const url = normalise('url', value);
  if (url === null) return [];
  const found: Candidate[] = [{ kind: 'url', value: url, how: 'the same URL' }];
  const bare = url.replace(/[?].*$/s, '');
  if (bare !== url) found.push({ kind: 'url', value: bare, how: 'the same URL but for its query' });
  return [...found, ...hostCandidates(hostOf(url), 'the host of the URL')];
}

function pathCandidates(value: string): readonly Candidate[] {
  const path = normalise('path', value);
  if (path === null) return [];
  const found: Candidate[] = [{ kind: 'path', value: path, how: 'the same path' }];
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (base !== '') found.push({ kind: 'file-name', value: base, how: 'the name of the file' });
  let end = path.lastIndexOf('/');
  for (let left = MAX_PARENTS; end > 0 && left > 0; left--) {
    found.push({ kind: 'path', value: path.slice(0, end), how: 'a file below the listed folder' });
    end = path.lastIndexOf('/', end - 1);
  }
  return found;
}

function processCandidates(value: string): readonly Candidate[] {
  const text = value.trim();
  const base = text.slice(text.lastIndexOf('/') + 1);
  if (base === '') return [];
  const found: Candidate[] = [{ kind: 'process', value: base, how: 'the same process' }];
  // Android names processes after packages, with `:part` behind those of one app.
  const app = base.replace(/:[\w.]+$/, '').toLowerCase();
  if (/^[a-z_]\w*(?:\.\w+)+$/.test(app)) found.push({ kind: 'app', value: app, how: 'a process of the app' });
  if (text.startsWith('/')) found.push(...pathCandidates(text));
  return found;
}

function commandCandidates(value: string): readonly Candidate[] {
  const found: Candidate[] = [];
  const words = value.split(/[\s'"`;|&<>()=,]+/).filter((word) => word !== '');
  for (const word of words.slice(0, MAX_WORDS)) {
    const add = (more: readonly Candidate[]): void => {
      for (const one of more) found.push({ ...one, how: `in the command: ${one.how}` });
    };
    if (word.includes('://')) add(urlCandidates(word));
    else if (word.includes('/')) add(processCandidates(word));
    else add([{ kind: 'process', value: word, how: 'a word that is the process' }]);
    // `/sdcard/com.evil.app.apk` and `com.evil.app/.Main` both name the package.
    const base = (
      word.includes('/.') ? word.slice(0, word.indexOf('/.')) : word.slice(word.lastIndexOf('/') + 1)
    ).replace(/\.apk$/i, '');
    if (/^[A-Za-z_]\w*(?:\.\w+)+$/.test(base)) {
      add([{ kind: 'app', value: base.toLowerCase(), how: 'the package' }]);
      if (!word.includes('/')) add(hostCandidates(normalise('domain', base), ''));
    }
    const address = normalise('ip', word);
    if (address !== null) add([{ kind: 'ip', value: address, how: 'the address' }]);
  }
  return found;
}
