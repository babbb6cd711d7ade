import { Argument, Command, Option } from 'commander';
import { ALLOWED_WEAKNESSES, type AttestOptions } from '../attest/attest-options.ts';
import { CliError, EXIT } from '../exit-code.ts';
import type { CommandContext } from '../run.ts';
import { deliver } from './deliver.ts';
import { formatOption, outputOption } from './options.ts';

/** Kept equal to `ATTESTATION_KINDS` by a test: the command line starts faster without that package. */
export const KINDS = [
  'key-attestation',
  'play-integrity',
  'safetynet',
  'app-attest',
  'app-attest-assertion',
  'app-attest-receipt',
  'managed-device',
  'webauthn',
] as const;

const ABOUT = `
What each kind reads:
  key-attestation       certificates, leaf first: PEM, DER or a JSON array of base64; needs --revocations
  play-integrity        a token (needs --key, --decryption-key) or the answer of decodeIntegrityToken; needs --app
  safetynet             a response that was kept (the service is shut down); --at its time
  app-attest            an attestation object, binary or base64; --app TEAM.BUNDLE, --challenge the client data
  app-attest-assertion  an assertion; needs --key, --counter, --client-data
  app-attest-receipt    a receipt; --app TEAM.BUNDLE
  managed-device        certificates of DevicePropertiesAttestation; --challenge the nonce
  webauthn              an attestation object of a passkey (apple, android-key); --client-data, --rp-id

Exit codes: 0 accepted, 1 refused, 3 unreadable. docs/attestation.md says what each kind proves and what it does not.

Examples:
  vedette attest key-attestation chain.pem --revocations status.json --challenge hex:00ff
  vedette attest app-attest object.cbor --app ABCDE12345.com.example.app --challenge "$CLIENT_DATA"
  vedette attest safetynet response.jws --at 2020-06-06T08:56:48Z --format json`;

const list = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `vedette attest`: verifies one statement, away from any server. */
export function attestCommand({ terminal, finish }: CommandContext): Command {
  return new Command('attest')
    .summary('verify what hardware or a platform signed about a phone')
    .description(
      'Verifies an attestation under roots that you choose, and shows every check and every field. Nothing is fetched and nothing is sent.',
    )
    .addArgument(new Argument('<kind>', 'what it is').choices(KINDS))
    .argument('<file>', 'the statement')
    .addOption(new Option('--challenge <text>', 'what was asked to be signed; hex:… or base64:… for bytes'))
    .addOption(new Option('--at <time>', 'judge as of this time (default: now)'))
    .addOption(new Option('--roots <file>', 'trust these certificates instead of those of Google or Apple'))
    .addOption(
      new Option(
        '--revocations <file>',
        'Google’s list of revoked attestation keys; without it every key attestation is refused',
      ),
    )
    .addOption(
      new Option('--app <id>', 'app that may speak; several times for several').argParser(list).default([], 'none'),
    )
    .addOption(
      new Option('--key <file>', 'public key: of the attested app (assertion, receipt), or Google’s response key'),
    )
    .addOption(new Option('--decryption-key <file>', 'response decryption key of the Play Console, base64'))
    .addOption(new Option('--key-id <base64>', 'key identifier that the app got (app-attest)'))
    .addOption(new Option('--counter <number>', 'counter of the last assertion that was taken'))
    .addOption(new Option('--client-data <file>', 'what was signed together with the statement'))
    .addOption(new Option('--rp-id <domain>', 'domain of the relying party (webauthn)'))
    .addOption(new Option('--ignore-receipt', 'take an attestation whose receipt does not hold (app-attest)'))
    .addOption(
      new Option('--environment <name>', 'of the app (app-attest; default: production)').choices([
        'development',
        'production',
      ]),
    )
    .addOption(
      new Option('--boot-key <hex>', 'verified-boot key of a system of your own; several times for several')
        .argParser(list)
        .default([], 'none'),
    )
    .addOption(new Option('--min-patch-level <month>', 'oldest patch level taken, like 2026-05'))
    .addOption(
      new Option('--device <name=value>', 'identifier of the device as enrolled, like imei=… or serialNumber=…')
        .argParser(list)
        .default([], 'none'),
    )
    .addOption(
      new Option('--allow <weakness...>', 'take what is refused otherwise')
        .choices(ALLOWED_WEAKNESSES)
        .default([], 'nothing'),
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText('after', ABOUT)
    .action(async (kind: (typeof KINDS)[number], path: string, options: AttestOptions) => {
      const { verifyFile } = await import('../attest/verify-file.ts');
      const { value, diagnostics } = await verifyFile(kind, path, options);
      if (value === null) {
        const why = diagnostics.map(({ message }) => message).join(' ');
        if (options.format === 'json')
          await deliver(
            `${JSON.stringify({ kind, ok: false, reasons: ['unreadable'], fields: {}, checks: [] }, null, 2)}\n`,
            options,
            terminal,
          );
        throw new CliError(EXIT.failed, `${path} is unreadable: ${why}`);
      }
      const { renderAttestation } = await import('../attest/render-attestation.ts');
      await deliver(
        options.format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : renderAttestation(value),
        options,
        terminal,
      );
      finish(value.ok ? EXIT.done : EXIT.found);
    });
}
