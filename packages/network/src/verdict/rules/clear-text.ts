import { compareHeaders, namesProxy } from '../../canary/canary-headers.ts';
import { isCaptive } from '../captive.ts';
import { conclude, confidenceOf, evidence, type NetworkRule, type ProbeEvidence } from '../conclude.ts';
import type { HttpFacts, RoundFacts } from '../read-round.ts';

const perRound = (
  rounds: readonly RoundFacts[],
  look: (round: RoundFacts) => readonly ProbeEvidence[],
): { readonly found: ProbeEvidence[]; readonly times: number } => {
  const all = rounds.map((round) => (isCaptive(round) ? [] : look(round)));
  return { found: all.flat(), times: all.filter((one) => one.length > 0).length };
};

/** Whoever asked on http was not sent to https, or was sent back; links of a page lost their s. */
export const sslStrip: NetworkRule = (rounds) => {
  const { found, times } = perRound(rounds, (round) => {
    const { redirect, page } = round;
    if (isReplaced(round)) return [];
    const seen: ProbeEvidence[] = [];
    if (redirect?.seen.outcome === 'ok') {
      const { status, location } = redirect.seen;
      if (status === 200)
        seen.push(
          evidence(redirect.label, 'a page in clear text (200) where our server only ever answers 301 to https'),
        );
      else if (isRedirect(status) && location !== null && location.startsWith('http://'))
        seen.push(evidence(redirect.label, `sent to ${location} where our server sends to https`));
    }
    if (page !== null && page.seen.strippedLinks > 0)
      seen.push(evidence(page.label, `${page.seen.strippedLinks} links to http that our server wrote with https`));
    return seen;
  });
  return found.length === 0
    ? []
    : [
        conclude(
          'http.ssl_strip',
          confidenceOf(times),
          'Somebody keeps people on http where our server sends them to https.',
          found,
        ),
      ];
};

/** Content of ours arrived, and it is not what we sent. */
export const contentInjection: NetworkRule = (rounds) => {
  const { found, times } = perRound(rounds, (round) => {
    const { page, echo } = round;
    if (isReplaced(round)) return [];
    const seen: ProbeEvidence[] = [];
    const difference = page?.seen.difference ?? null;
    if (page !== null && difference !== null && difference.offset > 0 && !isCutOff(page))
      seen.push(
        evidence(
          page.label,
          `the page parts at character ${difference.offset}: “${difference.seen.slice(-256)}” instead of “${difference.expected.slice(-256)}”`,
        ),
      );
    else if (page !== null && difference !== null && !isCutOff(page))
      seen.push(evidence(page.label, `another page altogether: “${difference.seen.slice(0, 200)}”`));
    if (echo?.statement != null && echo.seen.sentBodySha256 !== echo.statement.http.bodySha256)
      seen.push(evidence(echo.label, 'our server signs that it got another body than the agent sent'));
    if (echo !== null && echo.fault === 'bad-signature')
      seen.push(evidence(echo.label, 'the signed answer was changed: its signature does not hold'));
    return seen;
  });
  return found.length === 0
    ? []
    : [conclude('http.content_injection', confidenceOf(times), 'Pages in clear text are changed on their way.', found)];
};

/** All of clear text is answered by somebody else, who lets encrypted connections through. */
export const clearTextBlocked: NetworkRule = (rounds) => {
  const replaced = rounds.filter(isReplaced);
  if (replaced.length === 0 || replaced.length < rounds.length) return [];
  return [
    conclude(
      'http.blocked',
      confidenceOf(replaced.length),
      'Somebody answers in clear text for our server; encrypted connections get through.',
      replaced.flatMap(({ generate204, page }) =>
        [generate204, page].flatMap((one) =>
          one === null
            ? []
            : [evidence(one.label, `${one.seen.status ?? one.seen.outcome} ${one.seen.location ?? ''}`.trim())],
        ),
      ),
    ),
  ];
};

/** Headers of ours did not arrive as they were sent: an intermediary, honest or not. Common, and harmless by itself. */
export const headerChanges: NetworkRule = (rounds) => {
  const changed = rounds.flatMap(({ echo }) => {
    if (echo?.statement == null) return [];
    const changes = compareHeaders(echo.seen.sentHeaders, echo.statement.http.headers);
    return changes.length === 0
      ? []
      : [{ changes, found: evidence(echo.label, changes.map(({ text }) => text).join('; ')) }];
  });
  const found = changed.map((one) => one.found);
  if (found.length === 0) return [];
  return [
    changed.some(({ changes }) => namesProxy(changes))
      ? conclude(
          'http.transparent_proxy',
          confidenceOf(found.length),
          'A proxy passes on what is sent in clear text, and says so.',
          found,
        )
      : conclude(
          'http.header_rewrite',
          confidenceOf(found.length),
          'An intermediary rewrites the headers of what is sent in clear text.',
          found,
        ),
  ];
};

/** Somebody fetches again what we fetched. */
export const monitoring: NetworkRule = (rounds) => {
  const found = rounds.flatMap(({ witness }) =>
    witness?.statement == null || witness.statement.pageClients < 2 || witness.statement.pageFetches < 2
      ? []
      : [
          evidence(
            witness.label,
            `a page that was made for this agent was fetched ${witness.statement.pageFetches} times by ${witness.statement.pageClients} addresses`,
          ),
        ],
  );
  return found.length === 0
    ? []
    : [
        conclude(
          'http.monitoring',
          confidenceOf(found.length),
          'Somebody fetches again the pages that this device reads in clear text.',
          found,
        ),
      ];
};

const isRedirect = (status: number | null): boolean => status !== null && status >= 300 && status < 400;

/** A bad link cuts a page off; it writes nothing into it. Errors of gateways are none of ours either. */
function isCutOff({ seen }: HttpFacts): boolean {
  const difference = seen.difference;
  if (difference === null) return false;
  return difference.expected.startsWith(difference.seen) && difference.seen.length < difference.expected.length;
}

/** Not ours that was changed, but somebody else's instead: what must be empty is not, and nothing signed comes through; encrypted connections do. */
function isReplaced({ generate204, clearWorks, verified }: RoundFacts): boolean {
  if (!verified || clearWorks || generate204 === null) return false;
  const { outcome, status, bodyBytes } = generate204.seen;
  return outcome === 'ok' && !(status === 204 && bodyBytes === 0) && (status ?? 0) < 500;
}
