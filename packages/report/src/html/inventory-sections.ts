import type { Appraisal } from '@vedette/contracts';
import { powerOf } from '../plain-words/powers.ts';
import { librariesOf } from '../text/libraries-of.ts';
import { shortened } from '../text/printable.ts';
import { type Html, html } from './html.ts';

/** More rows are read by nobody; the JSON report has all. */
const MOST_ROWS = 300;
const MOST_TEXT = 300;

/** What the app is made of: permissions, components, hosts, libraries. Each folded, with its number. */
export function inventorySections(appraisal: Appraisal): Html {
  const { permissions, components, hosts } = appraisal.app;
  const libraries = librariesOf(appraisal);
  const exported = components.filter((component) => component.exported);
  const order = ['dangerous', 'special', 'signature', 'unknown', 'normal'];
  const sorted = [...permissions].sort((a, b) => order.indexOf(a.protection) - order.indexOf(b.protection));
  return html`<section><h2>What is in it</h2>
${folded(
  `Permissions: ${permissions.length}`,
  ['permission', 'kind', 'lets the app'],
  sorted.map(({ name, protection }) => [code(name), protection, powerOf(name) ?? '']),
)}
${folded(
  `Components: ${components.length}, of which ${exported.length} can be started by other apps`,
  ['component', 'kind', 'open to other apps', 'needs permission'],
  [...exported, ...components.filter((component) => !component.exported)].map(
    ({ name, kind, exported: open, exportedBy, permission }) => [
      code(name),
      kind,
      open ? `yes (${exportedBy})` : 'no',
      permission === null ? '' : code(permission),
    ],
  ),
)}
${folded(
  `Hosts that it names: ${hosts.length}`,
  ['host', 'unencrypted', 'named by lists of indicators', 'named in'],
  hosts.map(({ host, cleartext, from, listed = [] }) => [
    code(host),
    cleartext ? 'yes' : '',
    listed.length > 0 ? shortened(listed.join('; '), MOST_TEXT) : appraisal.indicators === undefined ? 'not asked' : '',
    code(from),
  ]),
)}
${
  libraries === null
    ? html`<p class="soft">Libraries: nobody looked for them in this report.</p>`
    : folded(
        `Libraries that were recognised: ${libraries.length}`,
        ['library', 'version', 'what for', 'package URL'],
        libraries.map(({ name, version, category, purl }) => [
          shortened(name, MOST_TEXT),
          version === null ? 'unknown' : shortened(version, MOST_TEXT),
          shortened(category, MOST_TEXT),
          purl === null ? '' : code(purl),
        ]),
      )
}</section>
`;
}

function code(text: string): Html {
  return html`<code>${shortened(text, MOST_TEXT)}</code>`;
}

/** A table behind its title; a title alone where there is nothing. */
export function folded(title: string, heads: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  if (rows.length === 0) return html`<p class="soft">${title}</p>`;
  const left = rows.length - MOST_ROWS;
  return html`<details><summary><span class="title">${title}</span></summary><div><table><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>
${rows.slice(0, MOST_ROWS).map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table>${
    left > 0 ? html`<p class="soft">and ${left} more, which the JSON report has</p>` : null
  }</div></details>`;
}
