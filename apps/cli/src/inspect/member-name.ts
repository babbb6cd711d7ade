import type { FieldQuery, MethodQuery } from '@vedette/program';

/** A name as a person types it, as the questions it may mean. */
export interface MemberName {
  readonly method: MethodQuery;
  readonly field: FieldQuery;
  /** The whole name, when it may be a class. */
  readonly whole: string | null;
}

/**
 * Reads the name of a class, a method or a field: as Java writes it (`com.example.Main.onCreate`, `com.example.Main`), as the reports do
 * (`com.example.Main.onCreate(Landroid/os/Bundle;)V`), as Javadoc does (`com.example.Main#onCreate`), or as Dalvik does
 * (`Lcom/example/Main;->onCreate(Landroid/os/Bundle;)V`, `Lcom/example/Main;->count:I`).
 */
export function parseMember(text: string): MemberName {
  const dalvik = /^L([^;]+);(?:->([^(:]+)?(\(.*)?(?::(.+))?)?$/.exec(text);
  if (dalvik !== null) {
    const owner = (dalvik[1] ?? '').replaceAll('/', '.');
    return member(owner, dalvik[2], dalvik[3], dalvik[4]);
  }
  const descriptorAt = text.indexOf('(');
  const descriptor = descriptorAt < 0 ? undefined : text.slice(descriptorAt);
  const path = descriptorAt < 0 ? text : text.slice(0, descriptorAt);
  const [before, type] = splitOnce(path, ':');
  const hash = before.indexOf('#');
  // `<init>` and `<clinit>` hold no dot, so the last one parts the member from its class in every spelling.
  const at = hash >= 0 ? hash : before.lastIndexOf('.');
  if (at < 0)
    return { method: { name: before, ...opt('descriptor', descriptor) }, field: { name: before }, whole: before };
  const asMember = member(before.slice(0, at), before.slice(at + 1), descriptor, type);
  return hash < 0 && descriptor === undefined && type === undefined ? { ...asMember, whole: before } : asMember;
}

function member(owner: string, name?: string, descriptor?: string, type?: string): MemberName {
  if (name === undefined || name === '') return { method: { class: owner }, field: { class: owner }, whole: owner };
  return {
    method: { class: owner, name, ...opt('descriptor', descriptor) },
    field: { class: owner, name, ...opt('type', type) },
    whole: null,
  };
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function opt<K extends string>(key: K, value: string | undefined): { readonly [key in K]?: string } {
  const entry: { [key in K]?: string } = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}
