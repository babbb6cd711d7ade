import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE, sampleAppraisal, suppressedAppraisal } from '../testing/sample-appraisal.ts';
import { sha256Hex } from '../text/digest.ts';
import { html } from './html.ts';
import { renderHtml } from './render-html.ts';

/** Names of all elements and of all attributes in a page, read as a browser would for a page that is well formed. */
function markupOf(page: string): { elements: Set<string>; attributes: Set<string> } {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '');
  for (const [, name = '', rest = ''] of body.matchAll(/<\/?([a-z!][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)) {
    elements.add(name.toLowerCase());
    for (const [, attribute = ''] of rest.matchAll(/([^\s="/]+)(?:="[^"]*")?/g))
      attributes.add(attribute.toLowerCase());
  }
  return { elements, attributes };
}

describe('renderHtml', () => {
  it('says the verdict in a sentence, with what to do', () => {
    const page = renderHtml([sampleAppraisal()]);
    expect(page).toContain('This app behaves like malware. Do not install it.');
    expect(page).toContain('Signs of: spyware (collects private information).');
    expect(page).toContain('<title>App plain: malicious</title>');
  });

  it('shows the score as a sum whose parts are all there', () => {
    const page = renderHtml([sampleAppraisal()]);
    expect(page).toContain('Data risk: 30 of 100');
    expect(page).toContain('20 + 10 = 30');
    expect(page).toMatch(/<rect class="low" x="20" width="10" height="8"\/>/);
    expect(page).toMatch(/aria-label="Data risk 30 of 100, from 2 findings"/);
  });

  it('says in plain words what the app can do', () => {
    const page = renderHtml([sampleAppraisal()]);
    expect(page).toContain('<li>read your text messages, one-time codes among them</li>');
    expect(page).toContain('Without asking, it can: use the internet.');
  });

  it('opens the grave findings and folds the others, each with evidence and remedy', () => {
    const page = renderHtml([sampleAppraisal()]);
    expect(page.match(/<details open>/g)).toHaveLength(2);
    expect(page).toContain('com.example.plain.mplain(I)V +12 → plain');
    expect(page).toContain('and 12 more places');
    expect(page).toContain('can run, from activity plain: com.example.Main.onCreate plain → com.example.plain.mplain');
    expect(page).toContain('What to do: What to do plain');
  });

  it('lists permissions, components, hosts, libraries, coverage and how to recompute', () => {
    const page = renderHtml([sampleAppraisal()]);
    for (const text of [
      'Permissions: 3',
      'Components: 2, of which 1 can be started by other apps',
      'Hosts that it names: 4',
      'Libraries that were recognised: 2',
      '<td>4.12.0</td>',
      'Steps: 2',
      'Noticed while reading: 2',
      'vedette explain report.json',
    ])
      expect(page).toContain(text);
  });

  it('keeps what was accepted by decision apart, and says how it is with it', () => {
    const page = renderHtml([suppressedAppraisal()]);
    expect(page).toContain('Accepted until 2027-03-31 by Ada plain: accepted plain');
    expect(page).toMatch(/1 findings were accepted[^<]*<strong>malicious<\/strong>, malice 60, data risk 30/);
    expect(page.match(/<details open>/g)).toHaveLength(1);
  });

  it('needs no script and nothing from outside, and forbids both', () => {
    const page = renderHtml([suppressedAppraisal(HOSTILE), sampleAppraisal()]);
    const { elements, attributes } = markupOf(page);
    expect(
      [...elements].filter((name) => /^(script|iframe|object|embed|link|base|form|img|image|use|input)$/.test(name)),
    ).toEqual([]);
    expect([...attributes].filter((name) => /^(on\w+|src|srcset|style|action|xlink:href)$/.test(name))).toEqual([]);
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => /^#app-\d+$/.test(target ?? ''))).toBe(true);
    expect(page).not.toMatch(/url\(|@import/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = Buffer.from(sha256Hex(style), 'hex').toString('base64');
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri`.replaceAll('&#39;', "'"),
    );
  });

  it('has the same markup whatever an app is called', () => {
    const plain = markupOf(renderHtml([suppressedAppraisal('plain')]));
    const anyText = fc.array(fc.nat(0x2fff), { maxLength: 40 }).map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.constant(HOSTILE), fc.constant('" onload="x'), fc.constant("'><svg/onload=x>")),
        (text) => {
          const page = renderHtml([suppressedAppraisal(text)]);
          const { elements, attributes } = markupOf(page);
          expect([...elements].filter((name) => !plain.elements.has(name))).toEqual([]);
          expect([...attributes].filter((name) => !plain.attributes.has(name))).toEqual([]);
          // oxlint-disable-next-line no-control-regex -- looking for control characters
          expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('puts several apps on one page, with a table of them first', () => {
    const page = renderHtml([sampleAppraisal('one'), sampleAppraisal('two', { verdict: 'benign' })]);
    expect(page.match(/<article /g)).toHaveLength(2);
    expect(page).toContain('<a href="#app-2">App two</a>');
  });

  it('says of an app of which little is known that it is unknown, never that it is harmless', () => {
    const sample = sampleAppraisal('x', { verdict: 'unknown', findings: [], classes: [] });
    const page = renderHtml([
      {
        ...sample,
        score: { malice: { value: 0, parts: [] }, dataRisk: { value: 0, parts: [] } },
        app: {
          ...sample.app,
          package: '',
          label: null,
          versionName: null,
          versionCode: null,
          signers: [],
          permissions: [],
          components: [],
          hosts: [],
        },
      },
    ]);
    expect(page).toContain('Too little of this app could be read to call it harmless.');
    expect(page).toContain('none known');
    expect(page).toContain('No finding weighs on this axis.');
  });
});

describe('html', () => {
  it('escapes all but its own pieces', () => {
    expect(
      html`<p title="${'"><b>'}">${'<i>'}${html`<b>${"'&"}</b>`}${[html`<u></u>`, 'a\u0007']}${3}${null}</p>`.markup,
    ).toBe('<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt;<b>&#39;&amp;</b><u></u>a\\u00073</p>');
  });
});
