import type { Appraisal, ThreatClass, Verdict } from '@vedette/contracts';

const VERDICTS: Readonly<Record<Verdict, { readonly name: string; readonly says: string; readonly advice: string }>> = {
  malicious: {
    name: 'Malicious',
    says: 'This app behaves like malware.',
    advice: 'Do not install it. Where it is installed, remove it and look at what it could reach.',
  },
  risky: {
    name: 'Risky',
    says: 'This app puts data or devices at risk, or does what honest apps seldom need.',
    advice: 'Do not distribute it before the findings below are understood.',
  },
  benign: {
    name: 'Nothing found',
    says: 'Everything was read, and these rules found little that speaks against this app.',
    advice:
      'It means no more than that: what an app does when it runs, and what its servers answer, was not looked at.',
  },
  unknown: {
    name: 'Unknown',
    says: 'Too little of this app could be read to call it harmless.',
    advice: 'Do not take it for safe. What could not be read is listed under Coverage.',
  },
};

const CLASSES: Readonly<Record<string, string>> = {
  trojan: 'trojan (poses as something else)',
  spyware: 'spyware (collects private information)',
  surveillance: 'surveillance (watches a person)',
  dropper: 'dropper (brings further code with it)',
  adware: 'adware (forces advertising on people)',
  riskware: 'riskware (tools that are easily abused)',
  ransomware: 'ransomware (locks the device or its files)',
  backdoor: 'backdoor (lets somebody else in)',
  'toll-fraud': 'toll fraud (causes charges)',
  'click-fraud': 'click fraud (clicks on advertising by itself)',
  'root-enabler': 'root enabler (takes over the system)',
  exploit: 'exploit (uses a flaw of the system)',
  vulnerability: 'vulnerability (others can abuse the app)',
  'data-leak': 'data leak (private data may get out)',
  sideloaded: 'sideloaded (not from a store)',
  'test-build': 'test build (not made for release)',
  tampered: 'tampered (changed after it was made)',
  denylisted: 'denylisted (refused by the organisation)',
};

/** The verdict in a word, a sentence, and what to do about it. Words of ours alone. */
export function verdictWords(verdict: Verdict): (typeof VERDICTS)[Verdict] {
  return VERDICTS[verdict];
}

/** A threat class with what it means. */
export function classWords(name: ThreatClass): string {
  return CLASSES[name] ?? name;
}

/** `3 findings of severity high or critical, 5 milder ones`: how many findings count, in a few words. */
export function findingCounts({ findings }: Appraisal): string {
  const bad = findings.filter(({ status, suppressed }) => status === 'bad' && suppressed === undefined);
  const grave = bad.filter(({ severity }) => severity === 'critical' || severity === 'high').length;
  const medium = bad.filter(({ severity }) => severity === 'medium').length;
  const mild = bad.length - grave - medium;
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  const words = [`${grave} grave`, `${medium} medium`, `${mild} minor or for information`];
  return `${words.join(', ')}${unknown === 0 ? '' : `, ${unknown} things that could not be looked at`}`;
}
