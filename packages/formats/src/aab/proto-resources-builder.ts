import type { XmlValue } from '../axml/axml-builder.ts';
import { ProtoWriter } from '../protobuf/proto-writer.ts';
import { protoItem } from './proto-xml-builder.ts';

/** Fields of `aapt.pb.Configuration` in their own words. */
export interface ProtoConfigurationSpec {
  readonly locale?: string;
  readonly sdk?: number;
  readonly density?: number;
  /** 1 night, 2 not. */
  readonly night?: number;
  /** 1 long, 2 not. */
  readonly screenLong?: number;
  readonly orientation?: number;
}

export interface ProtoValueSpec {
  readonly configuration?: ProtoConfigurationSpec;
  readonly value?: XmlValue;
  readonly style?: { readonly parent?: number; readonly items: readonly (readonly [number, XmlValue])[] };
  readonly array?: readonly XmlValue[];
  /** By arity: 0 zero, 1 one, … 5 other. */
  readonly plural?: readonly (readonly [number, XmlValue])[];
  /** Formats and symbols of an `<attr>`. */
  readonly attribute?: { readonly formats: number; readonly symbols?: readonly (readonly [number, number])[] };
  readonly file?: string;
}

export interface ProtoResourceSpec {
  readonly type: string;
  /** 0xPPTTEEEE. */
  readonly id: number;
  readonly name: string;
  readonly isPublic?: boolean;
  readonly values: readonly ProtoValueSpec[];
}

/** Writes `resources.pb` of one package; entries of one type are put together by the type in their id. */
export function buildProtoResources(packageName: string, resources: readonly ProtoResourceSpec[]): Uint8Array {
  const types = new Map<number, ProtoWriter>();
  for (const spec of resources) {
    const typeId = (spec.id >>> 16) & 0xff;
    const type =
      types.get(typeId) ?? new ProtoWriter().message(1, new ProtoWriter().varint(1, typeId)).text(2, spec.type);
    types.set(typeId, type.message(3, protoEntry(spec)));
  }
  const packageId = (resources[0]?.id ?? 0x7f00_0000) >>> 24;
  const out = new ProtoWriter().message(1, new ProtoWriter().varint(1, packageId)).text(2, packageName);
  for (const type of types.values()) out.message(3, type);
  return new ProtoWriter().message(2, out).finish();
}

function protoEntry({ id, name, isPublic, values }: ProtoResourceSpec): ProtoWriter {
  const out = new ProtoWriter().message(1, new ProtoWriter().varint(1, id & 0xffff)).text(2, name);
  if (isPublic === true) out.message(3, new ProtoWriter().varint(1, 2));
  for (const value of values) {
    const { configuration = {} } = value;
    out.message(6, new ProtoWriter().message(1, protoConfiguration(configuration)).message(2, protoValue(value)));
  }
  return out;
}

function protoConfiguration(spec: ProtoConfigurationSpec): ProtoWriter {
  return new ProtoWriter()
    .text(3, spec.locale)
    .varint(11, spec.screenLong)
    .varint(15, spec.orientation)
    .varint(17, spec.night)
    .varint(18, spec.density)
    .varint(24, spec.sdk);
}

function protoValue({ value, style, array, plural, attribute, file }: ProtoValueSpec): ProtoWriter {
  const out = new ProtoWriter();
  if (value !== undefined) return out.message(4, protoItem(value));
  if (file !== undefined) return out.message(4, new ProtoWriter().message(5, new ProtoWriter().text(1, file)));
  const compound = new ProtoWriter();
  const reference = (id: number): ProtoWriter => new ProtoWriter().varint(2, id);
  if (style !== undefined) {
    const inner = new ProtoWriter().message(1, style.parent === undefined ? undefined : reference(style.parent));
    for (const [key, item] of style.items) {
      inner.message(3, new ProtoWriter().message(3, reference(key)).message(4, protoItem(item)));
    }
    compound.message(2, inner);
  }
  if (array !== undefined) {
    const inner = new ProtoWriter();
    for (const item of array) inner.message(1, new ProtoWriter().message(3, protoItem(item)));
    compound.message(4, inner);
  }
  if (plural !== undefined) {
    const inner = new ProtoWriter();
    for (const [arity, item] of plural)
      inner.message(1, new ProtoWriter().varint(3, arity).message(4, protoItem(item)));
    compound.message(5, inner);
  }
  if (attribute !== undefined) {
    const inner = new ProtoWriter().varint(1, attribute.formats).varint(2, -0x8000_0000).varint(3, 0x7fff_ffff);
    for (const [id, number] of attribute.symbols ?? []) {
      inner.message(4, new ProtoWriter().message(3, reference(id)).varint(4, number));
    }
    compound.message(1, inner);
  }
  return out.message(5, compound);
}
