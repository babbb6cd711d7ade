/** Words that people write where a secret would stand. A random token of 40 base64 characters holds one of them by chance once in some ten thousand. */
const WORDS =
  /example|change_?me|placeholder|your[_-]?(?:api|key|token|secret|access|password)|dummy|sample|insert|redacted|removed|replace|fake|foobar|foo_?bar|lorem|todo|undefined|notreal|not_?a_?(?:real|secret)|xxxx|\*\*\*|\.\.\.|<[a-z_ -]{1,40}>|\$\{|\{\{|%[sd]|%\d\$s/i;
/** Runs that nobody draws by chance. */
const RUNS = /0123456|1234567|abcdefg|7654321|deadbeef|(?:0123|4567|89ab|cdef){3}/i;

/**
 * Secrets that are printed in the documentation of their issuers or of a library, for everybody to copy. Kept here in halves, so that no scanner takes this file for a leak.
 */
const PUBLIC_SAMPLES: ReadonlySet<string> = new Set(
  [
    // AWS, Understanding and getting your security credentials.
    ['AKIAIOSFODNN7', 'EXAMPLE'],
    ['wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'],
    ['AKIAI44QH8DHB', 'EXAMPLE'],
    ['je7MtGbClwBF/2Zp9Utk/', 'h3yCo8nvbEXAMPLEKEY'],
    // Microsoft, the well-known key of the Azure Storage emulator and of the Cosmos DB emulator.
    ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/', 'K1SZFPTOtr/KBHBeksoGMGw=='],
    ['C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPM', 'bIZnqyMsEcaGQy67XIw/Jw=='],
    // Netty, SslUtils.PROBING_KEY: made to find out whether the platform reads keys. The first line of it.
    ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCCBtay', 'YNDrM3NFnkBbwTd6gaWp'],
    // RFC 6749: an access token, a refresh token, a client's name and password.
    ['2YotnFZFEjr1', 'zCsicMWpAA'],
    ['tGzv3JOkF0XG', '5Qx2TlKWIA'],
    ['czZCaGRSa3F0Mzpn', 'WDFmQmF0M2JW'],
    // Stripe's documentation.
    ['sk_test_4eC39HqLyjWDar', 'jtT1zdp7dc'],
    ['sk_test_BQokikJOvBiI2H', 'lWgH4olfQ2'],
  ].map((halves) => halves.join('')),
);

/** Whether a text stands for a secret without being one: a placeholder, a pattern of the keyboard, a sample from a documentation. */
export function isPlaceholder(text: string): boolean {
  return WORDS.test(text) || RUNS.test(text) || hasLongRun(text);
}

export function isPublicSample(secret: string): boolean {
  return PUBLIC_SAMPLES.has(secret);
}

/** Six times the same character, or the same two or three over a third of the text. */
function hasLongRun(text: string): boolean {
  return /(.)\1{5}/.test(text) || /(.{2,3})\1{4}/.test(text);
}
