import type { Duplex } from 'node:stream';
import { type PlistValue, textAt, textsAt } from '@vedette/formats';
import { serveAfc } from './afc-service.ts';
import type { IosPhone, PlistFields } from './ios-phone.ts';
import { RawAnswer, type ServiceAnswer, servePlists } from './plist-service.ts';

export interface ServiceOptions {
  readonly phone: IosPhone;
  /** Apps in one piece of the list. */
  readonly appsAtOnce: number;
  /** Asked first; undefined leaves the question to the phone. */
  readonly instead: (request: string) => ServiceAnswer | undefined;
}

type Serve = (stream: Duplex, options: ServiceOptions) => void;

/** The services behind lockdownd, by name. */
export const PHONE_SERVICES: ReadonlyMap<string, Serve> = new Map<string, Serve>([
  ['com.apple.mobile.installation_proxy', (stream, options) => serveLists(stream, options, 'apps', 'Command', apps)],
  ['com.apple.mobile.MCInstall', (stream, options) => serveLists(stream, options, 'profiles', 'RequestType', profiles)],
  ['com.apple.misagent', (stream, options) => serveLists(stream, options, 'misagent', 'MessageType', provisioning)],
  ['com.apple.mobile.diagnostics_relay', (stream, options) => serveLists(stream, options, 'relay', 'Request', relay)],
  ['com.apple.crashreportmover', (stream, options) => void stream.write(ping(options))],
  ['com.apple.crashreportcopymobile', crashes],
]);

function serveLists(
  stream: Duplex,
  options: ServiceOptions,
  service: string,
  key: string,
  answer: (name: string, request: PlistValue, options: ServiceOptions) => readonly PlistFields[],
): void {
  servePlists(
    stream,
    (request) => {
      const name = textAt(request, key) ?? '';
      const other = options.instead(`${service} ${name}`);
      return other === undefined ? answer(name, request, options) : [other];
    },
    // Profiles come in binary lists, as real phones send them.
    service === 'profiles' ? 'binary' : 'xml',
  );
}

/** Browse hands the list out in pieces, each with its place; `Complete` ends it. Lookup has all at once. */
function apps(name: string, request: PlistValue, { phone, appsAtOnce }: ServiceOptions): readonly PlistFields[] {
  const wanted = textAt(request, 'ClientOptions', 'ApplicationType') ?? 'User';
  const attributes = textsAt(request, 'ClientOptions', 'ReturnAttributes');
  const list = phone.apps
    .filter((app) => wanted === 'Any' || app['ApplicationType'] === wanted)
    .map((app) =>
      attributes.length === 0
        ? app
        : Object.fromEntries(Object.entries(app).filter(([key]) => attributes.includes(key))),
    );
  if (name === 'Lookup') {
    const found = list.map((app) => [
      typeof app['CFBundleIdentifier'] === 'string' ? app['CFBundleIdentifier'] : '',
      app,
    ]);
    return [{ Status: 'Complete', LookupResult: Object.fromEntries(found) }];
  }
  if (name !== 'Browse') return [{ Error: 'APIInternalError', ErrorDescription: `no command ${name}` }];
  const pieces: PlistFields[] = [];
  for (let at = 0; at < list.length; at += appsAtOnce) {
    const piece = list.slice(at, at + appsAtOnce);
    pieces.push({
      Status: 'BrowsingApplications',
      CurrentAmount: piece.length,
      CurrentIndex: at,
      Total: list.length,
      CurrentList: piece,
    });
  }
  return [...pieces, { Status: 'Complete' }];
}

function profiles(name: string, _request: PlistValue, { phone }: ServiceOptions): readonly PlistFields[] {
  if (name === 'GetProfileList') {
    const ids = Object.keys(phone.profiles);
    const manifest = ids.map((id) => [
      id,
      { Description: phone.profiles[id]?.['PayloadDisplayName'] ?? '', IsActive: true },
    ]);
    return [
      {
        Status: 'Acknowledged',
        OrderedIdentifiers: ids,
        ProfileManifest: Object.fromEntries(manifest),
        ProfileMetadata: phone.profiles,
      },
    ];
  }
  if (name === 'GetCloudConfiguration' && phone.cloudConfiguration !== undefined)
    return [{ Status: 'Acknowledged', CloudConfiguration: phone.cloudConfiguration }];
  return [{ Status: 'Error', ErrorChain: [{ ErrorCode: 12_003, ErrorDomain: 'MCProfileErrorDomain' }] }];
}

function provisioning(name: string, _request: PlistValue, { phone }: ServiceOptions): readonly PlistFields[] {
  // 0xe8008001: an unknown request.
  if (name !== 'CopyAll' && name !== 'Copy') return [{ MessageType: name, Status: 3_892_346_881 }];
  return [{ MessageType: name, Status: 0, Payload: [...phone.provisioningProfiles] }];
}

function relay(name: string, request: PlistValue, { phone }: ServiceOptions): readonly PlistFields[] {
  if (name === 'Goodbye') return [{ Status: 'Success' }];
  const battery = phone.values['com.apple.mobile.battery'];
  const entry = textAt(request, 'EntryName') ?? textAt(request, 'EntryClass');
  if (name === 'IORegistry' && entry === 'IOPMPowerSource' && battery !== undefined) {
    const { BatteryCurrentCapacity: capacity = 0, BatteryIsCharging: charging = false } = battery;
    return [{ Status: 'Success', Diagnostics: { IORegistry: { CurrentCapacity: capacity, IsCharging: charging } } }];
  }
  return [{ Status: 'UnknownRequest' }];
}

/** What the mover says when all reports are in their folder. */
function ping({ instead }: ServiceOptions): Uint8Array {
  instead('mover');
  return new TextEncoder().encode('ping\0');
}

function crashes(stream: Duplex, { phone, instead }: ServiceOptions): void {
  serveAfc(stream, phone.crashReports, (request) => {
    const other = instead(request);
    if (other instanceof RawAnswer) stream.write(other.bytes);
    else if (other === 'hang-up') stream.destroy();
    return other === undefined;
  });
}

/** Whether a request asks the service to change something: none of ours does. */
export function changesSomething(request: string): boolean {
  return !/^(?:mux (?:ListDevices|Listen|Connect|ReadBUID|ReadPairRecord)|lockdown (?:QueryType|GetValue|ValidatePair|StartSession|StartService|StopSession|Goodbye)|apps (?:Browse|Lookup)|profiles Get|misagent Copy|afc (?:read-dir|info|open))/.test(
    request,
  );
}
