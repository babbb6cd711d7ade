import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '@vedette/bytes';

const WORDS =
  'harbour lantern meadow copper thistle orchard quarry willow beacon marble cinder falcon juniper pebble saffron timber velvet walnut amber bramble canyon drift ember fern glacier heath islet kestrel lichen moss nectar otter prairie quartz reed slate tundra umber vale wren'.split(
    ' ',
  );

/**
 * A page that server and agent each make from the nonce, so that the agent knows every byte of it and nobody can keep a list of what must be left alone. It has in it what is attacked
 * elsewhere: a form for a password, links to https, an app to install, a script, an end of the body.
 */
export function canaryPage(nonce: string, zone: string): string {
  const word = wordsFrom(`page ${nonce}`);
  const here = `https://${nonce}.p.${zone}`;
  const sentence = (): string => `${Array.from({ length: 9 }, word).join(' ')}.`;
  const paragraphs = Array.from({ length: 6 }, () => `<p>${sentence()} ${sentence()}</p>`).join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${word()} ${word()}</title>
<link rel="stylesheet" href="${here}/${word()}.css"><script src="${here}/${word()}.js"></script></head>
<body>
<h1>${word()} ${word()}</h1>
${paragraphs}
<form method="post" action="${here}/login"><input name="user"><input name="password" type="password"><button>${word()}</button></form>
<p><a href="${here}/${word()}">${word()}</a> <a href="${here}/${word()}.apk">${word()}</a></p>
<script>var ${word()} = "${word()}";</script>
</body>
</html>
`;
}

/** How many links of the page lead to https. */
export const CANARY_LINKS = 5;

function wordsFrom(seed: string): () => string {
  const encoder = new TextEncoder();
  let [block, at, counter] = [new Uint8Array(0), 0, 0];
  return () => {
    if (at >= block.length) [block, at, counter] = [sha256(encoder.encode(`${seed} ${counter}`)), 0, counter + 1];
    return WORDS[(block[at++] ?? 0) % WORDS.length] ?? 'word';
  };
}

/** Digest of a text, in hexadecimal. */
export function textSha256(text: string): string {
  return toHex(sha256(new TextEncoder().encode(text)));
}
