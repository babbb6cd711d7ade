import type { Appraisal, AppSigner } from '@vedette/contracts';
import { powersOf } from '../plain-words/powers.ts';
import { classWords, findingCounts, verdictWords } from '../plain-words/verdict-words.ts';
import { appTitle, appVersion } from '../text/app-title.ts';
import { shortened } from '../text/printable.ts';
import { type Html, html } from './html.ts';

const VERIFIED = {
  verified: 'signature holds',
  failed: 'SIGNATURE DOES NOT HOLD',
  'not-checked': 'signature not checked',
};

/** The first thing a reader sees: the verdict in a sentence, why, and what the app is. */
export function headSection(appraisal: Appraisal): Html {
  const { app, file, verdict, score, classes } = appraisal;
  const words = verdictWords(verdict);
  const version = appVersion(appraisal);
  const reasons = appraisal.findings
    .filter(({ status, suppressed }) => status === 'bad' && suppressed === undefined)
    .slice(0, 3);
  const system =
    app.platform === 'ios'
      ? `iOS ${app.ios?.minimumOs ?? 'of any version'} and up`
      : `Android, API level ${app.minSdk ?? 'unknown'} and up, made for ${app.targetSdk ?? 'unknown'}`;
  return html`<header><p class="soft">Appraisal of an app</p><h1 class="name">${shortened(appTitle(appraisal), 200)}</h1>
<p><span class="verdict ${verdict}">${words.name}</span></p>
<p class="lead">${words.says} ${words.advice}</p>
<p>Malice ${score.malice.value} of 100, data risk ${score.dataRisk.value} of 100. Findings: ${findingCounts(appraisal)}.</p>
${classes.length === 0 || verdict === 'benign' ? null : html`<p>Signs of: ${classes.map((entry) => classWords(entry.class)).join(', ')}.</p>`}
${reasons.length === 0 || verdict === 'benign' ? null : html`<p>What weighs most:</p><ul>${reasons.map(({ title }) => html`<li>${title}</li>`)}</ul>`}
<dl><dt>File</dt><dd>${shortened(file.name, 300)}, ${Math.max(1, Math.round(file.size / 1024)).toLocaleString('en')} KiB${file.container === undefined ? '' : `, ${file.container}`}</dd>
<dt>SHA-256</dt><dd><code>${file.sha256}</code></dd>
<dt>Name</dt><dd><code>${shortened(app.package || 'not known', 300)}</code></dd>
<dt>Version</dt><dd>${version === null ? 'not said' : shortened(version, 100)}</dd>
<dt>Made for</dt><dd>${system}</dd>
${signers(app.signers)}${
  app.ios === undefined
    ? null
    : html`<dt>Signing</dt><dd>${app.ios.signing}${app.ios.teamId === null ? '' : `, team ${shortened(app.ios.teamId, 60)}`}${app.ios.profile === null ? '' : `, ${app.ios.profile.kind} profile`}</dd>`
}</dl></header>
`;
}

/** What the app could do with what it asks for, in the words of who holds the phone. */
export function powersSection(appraisal: Appraisal): Html {
  const { sensitive, ordinary, reserved, unnamed } = powersOf(appraisal);
  const { hosts, components } = appraisal.app;
  const exported = components.filter((component) => component.exported);
  const open = exported.length;
  const free = exported.filter(({ permission }) => permission === null).length;
  const lines = [
    `It names ${hosts.length === 0 ? 'no host on the network' : `${hosts.length} hosts on the network${hosts.some(({ cleartext }) => cleartext) ? ', some of them without encryption' : ''}`}.`,
    ...(components.length === 0
      ? []
      : [
          `${open} of its ${components.length} components are open to other apps, ${free} of them without any permission.`,
        ]),
  ];
  return html`<section><h2>What this app can do</h2>
<p class="soft">From what it asks for. Asking is not doing; the findings say what its code does.</p>
${sensitive.length === 0 ? html`<p>It asks for none of the sensitive powers that there are plain words for.</p>` : html`<p>With permission, it can:</p><ul>${sensitive.map((power) => html`<li>${power}</li>`)}</ul>`}
${ordinary.length === 0 ? null : html`<p>Without asking, it can: ${ordinary.join('; ')}.</p>`}
${reserved.length === 0 ? null : html`<p>Only where the system or its manager grants it, it can: ${reserved.join('; ')}.</p>`}
${unnamed === 0 ? null : html`<p>It asks for ${unnamed} more sensitive permissions; see the list below.</p>`}
${lines.map((line) => html`<p>${line}</p>`)}</section>
`;
}

function signers(all: readonly AppSigner[]): Html {
  if (all.length === 0) return html`<dt>Signer</dt><dd>none known</dd>`;
  const once = new Map(all.map((signer) => [signer.sha256, signer]));
  return html`${[...once.values()]
    .slice(0, 5)
    .map(
      ({ sha256, subject, keyAlgorithm, keyBits, notAfter, verified }) =>
        html`<dt>Signer</dt><dd><span class="name">${shortened(subject, 300)}</span><br>${keyAlgorithm}${keyBits === null ? '' : ` ${keyBits} bits`}${notAfter === null ? '' : `, until ${notAfter.slice(0, 10)}`}, ${VERIFIED[verified]}<br><code class="soft">${sha256}</code></dd>`,
    )}`;
}
