import type { Evidence } from '@vedette/contracts';
import type { ReactNode } from 'react';
import { SOURCE_WORDS, TRUST_WORDS } from '../tokens/trust-words.ts';
import { Facts } from './card.tsx';
import { Hash, Mono } from './hash.tsx';
import { RelativeTime } from './relative-time.tsx';

const KIND_WORDS: Record<Evidence['kind'], string> = {
  file: 'File',
  manifest: 'Manifest',
  code: 'Code',
  certificate: 'Certificate',
  text: 'Text',
  observation: 'Observation',
  network: 'Network',
  appraisal: 'Appraisal',
};

type Row = { readonly name: string; readonly value: ReactNode };

/** Whether the code can run, and the way there from where the app begins. */
function reachRows({ reach, from, path }: Evidence & { readonly kind: 'code' }): Row[] {
  if (reach === undefined) return [];
  const words = {
    reachable: from === undefined ? 'It can run.' : <Mono>{from}</Mono>,
    referenced: 'Dead code: nothing leads there.',
    unknown: 'Not shown: nothing seen leads there, and not everything can be seen.',
  };
  return [
    { name: reach === 'reachable' ? 'Reachable from' : 'Reachable', value: words[reach] },
    ...(path === undefined || path.length < 2
      ? []
      : [
          {
            name: 'By way of',
            value: (
              <ol className="flex flex-col gap-0.5">
                {path.map((step, index) => (
                  <li key={`${index}-${step}`}>
                    <Mono>{step}</Mono>
                  </li>
                ))}
              </ol>
            ),
          },
        ]),
  ];
}

function rowsOf(evidence: Evidence): Row[] {
  switch (evidence.kind) {
    case 'file':
      return [
        { name: 'Path', value: <Mono>{evidence.path}</Mono> },
        ...(evidence.offset === undefined
          ? []
          : [{ name: 'Offset', value: <Mono>{`0x${evidence.offset.toString(16)} (${evidence.offset})`}</Mono> }]),
        ...(evidence.length === undefined ? [] : [{ name: 'Length', value: `${evidence.length} bytes` }]),
      ];
    case 'manifest':
      return [
        { name: 'Element', value: <Mono>{evidence.element}</Mono> },
        ...(evidence.attribute === undefined ? [] : [{ name: 'Attribute', value: <Mono>{evidence.attribute}</Mono> }]),
        ...(evidence.value === undefined ? [] : [{ name: 'Value', value: <Mono>{evidence.value}</Mono> }]),
        ...(evidence.line === undefined ? [] : [{ name: 'Line', value: String(evidence.line) }]),
      ];
    case 'code':
      return [
        { name: 'File', value: <Mono>{evidence.file}</Mono> },
        { name: 'Class', value: <Mono>{evidence.class}</Mono> },
        ...(evidence.method === undefined ? [] : [{ name: 'Method', value: <Mono>{evidence.method}</Mono> }]),
        ...(evidence.codeOffset === undefined
          ? []
          : [{ name: 'Code offset', value: <Mono>{`0x${evidence.codeOffset.toString(16)}`}</Mono> }]),
        ...(evidence.reference === undefined ? [] : [{ name: 'Refers to', value: <Mono>{evidence.reference}</Mono> }]),
        ...reachRows(evidence),
      ];
    case 'certificate':
      return [
        { name: 'Subject', value: <Mono>{evidence.subject}</Mono> },
        ...(evidence.issuer === undefined ? [] : [{ name: 'Issuer', value: <Mono>{evidence.issuer}</Mono> }]),
        { name: 'SHA-256', value: <Hash value={evidence.sha256} full label="Copy fingerprint" /> },
      ];
    case 'text':
      return [{ name: 'Source', value: <Mono>{evidence.source}</Mono> }];
    case 'observation':
      return [
        { name: 'Signal', value: <Mono>{evidence.signal}</Mono> },
        { name: 'Value', value: <Mono>{evidence.value}</Mono> },
        { name: 'Source', value: `${SOURCE_WORDS[evidence.source]}, ${TRUST_WORDS[evidence.trust]}` },
        { name: 'Observed', value: <RelativeTime at={evidence.observedAt} never="the evidence does not say" /> },
        ...(evidence.rawRef === undefined ? [] : [{ name: 'Raw evidence', value: <Mono>{evidence.rawRef}</Mono> }]),
      ];
    case 'network':
      return [
        { name: 'Network', value: evidence.network },
        ...(evidence.host === undefined ? [] : [{ name: 'Host', value: <Mono>{evidence.host}</Mono> }]),
        { name: 'Observed', value: <RelativeTime at={evidence.observedAt} never="the evidence does not say" /> },
      ];
    case 'appraisal':
      return [
        { name: 'Package', value: <Mono>{evidence.package}</Mono> },
        { name: 'Version', value: evidence.versionName ?? 'not said' },
        { name: 'Verdict', value: evidence.verdict },
        { name: 'SHA-256', value: <Hash value={evidence.sha256} full label="Copy hash" /> },
      ];
  }
}

/** The lines around a place, with the line's number, as a code view shows them. */
export function TextSpan({ text, line }: { readonly text: string; readonly line?: number | undefined }) {
  const lines = text.split('\n').slice(0, 200);
  return (
    // A scrollable region must be reachable by keyboard (WCAG 2.1.1).
    <div
      tabIndex={0}
      role="group"
      aria-label="Text of the evidence"
      className="overflow-x-auto rounded-v border border-line bg-sunken"
    >
      <pre className="text-12 leading-5 py-1.5 min-w-max">
        {lines.map((content, index) => (
          <div key={`${index}-${content}`} className="flex">
            <span className="w-14 pr-3 text-right text-ink-3 select-none flex-none">
              {line === undefined ? '' : line + index}
            </span>
            <span className="pr-4">{content === '' ? ' ' : content}</span>
          </div>
        ))}
      </pre>
    </div>
  );
}

/** What was expected beside what was seen: the difference is the proof. */
export function ExpectedSeen({
  expected,
  seen,
}: {
  readonly expected: string | null | undefined;
  readonly seen: string | null;
}) {
  return (
    <div className="grid sm:grid-cols-2 gap-2 mt-2">
      <div className="rounded-v border border-line bg-sunken p-2.5 min-w-0">
        <p className="text-12 font-semibold text-ink-3 mb-1">Expected</p>
        <p className="font-mono text-12 break-all whitespace-pre-wrap">{expected ?? 'not recorded'}</p>
      </div>
      <div className="rounded-v border border-high bg-high-soft p-2.5 min-w-0">
        <p className="text-12 font-semibold text-high-ink mb-1">Seen</p>
        <p className="font-mono text-12 break-all whitespace-pre-wrap">{seen ?? 'nothing'}</p>
      </div>
    </div>
  );
}

/** One piece of evidence in full: what is to be seen, where, and the text itself where there is some. A note that was `told` above is not told again. */
export function EvidenceView({ evidence, told }: { readonly evidence: Evidence; readonly told?: string }) {
  return (
    <div>
      <p className="text-12 font-semibold text-ink-3">{KIND_WORDS[evidence.kind]}</p>
      {evidence.note === told ? null : <p className="text-14 mb-2">{evidence.note}</p>}
      <Facts items={rowsOf(evidence)} />
      {evidence.kind === 'text' ? (
        <div className="mt-2">
          <TextSpan text={evidence.text} line={evidence.line} />
        </div>
      ) : null}
      {evidence.kind === 'network' ? <ExpectedSeen expected={evidence.expected} seen={evidence.seen} /> : null}
    </div>
  );
}
