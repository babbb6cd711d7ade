import { VALUE_ATTRIBUTE, VALUE_DYNAMIC_ATTRIBUTE, VALUE_DYNAMIC_REFERENCE, VALUE_REFERENCE } from './chunk-types.ts';
import { ANDROID_NAMESPACE } from './framework-attributes.ts';
import { publicName } from './public-names.ts';
import type { XmlAttribute, XmlElement } from './xml-document.ts';
import { isDeceptive } from './xml-names.ts';

export interface AxmlTextOptions {
  /** `string/app_name` of a resource id of the app; null when it has no name. */
  readonly nameOf?: (id: number) => string | null;
  /** Longest value printed, in characters. */
  readonly maxValue?: number;
}

/**
 * A document as XML text, two spaces to a level, one attribute on each line where there are several. Names and values
 * are escaped so that a terminal shows them as they are: controls and marks that reverse or hide text as `&#x202e;`.
 * References are given by name where it is known. It is for reading: names that XML does not allow are not made allowed.
 */
export function axmlToText(root: XmlElement, options: AxmlTextOptions = {}): string {
  const lines: string[] = [];
  printElement(root, { depth: 0, left: { characters: MAX_TEXT }, prefixes: new Map(), lines, options });
  return `${lines.join('\n')}\n`;
}

/** Characters printed at most: many attributes may show the same long string. */
const MAX_TEXT = 1 << 22;

const CUT = '<!-- … -->';

interface Printer {
  readonly depth: number;
  /** What may still be printed. */
  readonly left: { characters: number };
  /** Prefix of each namespace in scope. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly lines: string[];
  readonly options: AxmlTextOptions;
}

function printElement(element: XmlElement, outer: Printer): void {
  const { lines, options, left } = outer;
  if (left.characters <= 0) {
    if (lines.at(-1) !== CUT) lines.push(CUT);
    return;
  }
  // Copied only where something is declared: hostile documents have a thousand namespaces.
  let prefixes = outer.prefixes;
  const declared: string[] = [];
  const declare = (prefix: string, uri: string): void => {
    prefixes = new Map(prefixes).set(beginning(uri), prefix);
    declared.push(`xmlns${prefix === '' ? '' : `:${short(prefix)}`}="${short(uri)}"`);
  };
  for (const { prefix, uri } of element.namespaces) declare(prefix, uri);
  for (const { namespace } of [element, ...element.attributes]) {
    if (namespace !== null && namespace !== '' && !prefixes.has(beginning(namespace))) {
      declare(namespace === ANDROID_NAMESPACE ? 'android' : `ns${prefixes.size}`, namespace);
    }
  }
  const printer: Printer = { ...outer, depth: outer.depth + 1, prefixes };
  const indent = '  '.repeat(outer.depth);
  const name = qualified(element, prefixes);
  const attributes = [
    ...declared,
    ...element.attributes.map((attribute) => {
      return `${qualified(attribute, prefixes)}="${escapeText(attributeText(attribute, options))}"`;
    }),
  ];
  const separator = attributes.length > 1 ? `\n${indent}    ` : ' ';
  const start = `${indent}<${[name, ...attributes].join(separator)}`;
  const text = cut(element.text, options).trim();
  left.characters -= start.length + text.length;
  if (element.children.length === 0 && text === '') {
    lines.push(`${start}/>`);
    return;
  }
  lines.push(`${start}>`);
  if (text !== '') lines.push(`${indent}  ${escapeText(text)}`);
  for (const child of element.children) printElement(child, printer);
  lines.push(`${indent}</${name}>`);
}

/** Names and namespaces, which a hostile document may have of megabytes. */
function short(text: string): string {
  return escapeText(text.length > 256 ? `${text.slice(0, 256)}…` : text);
}

/** What stands for a namespace in a map: one of megabytes must not be compared for each attribute. */
function beginning(text: string): string {
  return text.length > 256 ? text.slice(0, 256) : text;
}

function qualified(
  { name, namespace }: Pick<XmlElement, 'name' | 'namespace'>,
  prefixes: ReadonlyMap<string, string>,
): string {
  const prefix = namespace === null ? undefined : prefixes.get(beginning(namespace));
  return prefix === undefined || prefix === '' ? short(name) : `${short(prefix)}:${short(name)}`;
}

function attributeText(attribute: XmlAttribute, options: AxmlTextOptions): string {
  const { type, data, value } = attribute;
  const isAttribute = type === VALUE_ATTRIBUTE || type === VALUE_DYNAMIC_ATTRIBUTE;
  if (!isAttribute && type !== VALUE_REFERENCE && type !== VALUE_DYNAMIC_REFERENCE) return cut(value, options);
  const sign = isAttribute ? '?' : '@';
  const own = options.nameOf?.(data) ?? null;
  if (own !== null) return sign + own;
  const known = publicName(data);
  return known === null ? value : `${sign}android:${known}`;
}

function cut(text: string, { maxValue = 4_096 }: AxmlTextOptions): string {
  return text.length <= maxValue ? text : `${text.slice(0, maxValue)}…`;
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** All but printable ASCII without the four characters that XML needs. */
const MAY_BE_UNSAFE = /[^ !#-%'-;=?-~]/gu;

function escapeText(text: string): string {
  return text.replace(MAY_BE_UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return NAMED[character] ?? (isDeceptive(code) ? `&#x${code.toString(16)};` : character);
  });
}
