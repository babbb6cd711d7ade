import type { ResourceConfiguration } from './resource-configuration.ts';

/** A `Res_value`. */
export interface ResourceValue {
  /** `Res_value::dataType`, see `chunk-types.ts`. */
  readonly type: number;
  /** `Res_value::data`, unsigned. */
  readonly data: number;
  /** As text, whatever its type: the string itself, `@0x7f010000`, `true`, `16dp`. */
  readonly text: string;
}

/** One item of a map: a style's attribute, an array's element (names count from 0x02000000), a plural's quantity (0x0100000x), … */
export interface ResourceMapItem {
  /** Resource id, often of an attribute. */
  readonly name: number;
  readonly value: ResourceValue;
}

/** What a resource is for one configuration: a value, or a map with its parent. */
export interface ResourceEntry {
  readonly configuration: ResourceConfiguration;
  /** The name as written, without its type; empty where it cannot be read. */
  readonly name: string;
  readonly isPublic: boolean;
  readonly isWeak: boolean;
  readonly value: ResourceValue | null;
  readonly map: {
    /** Resource id of the style this one takes the rest from; 0 for none. */
    readonly parent: number;
    readonly items: readonly ResourceMapItem[];
  } | null;
  /** Where the entry begins in its table, in bytes. */
  readonly offset: number;
}

/** A resource over all configurations; never without an entry. */
export interface Resource {
  /** 0xPPTTEEEE: package, type, entry. */
  readonly id: number;
  readonly packageName: string;
  /** `string`, `layout`, …; the number in hexadecimal where the type has no name. */
  readonly type: string;
  readonly name: string;
  /** In the order of the file; the platform takes the first of two that fit equally well. */
  readonly entries: readonly ResourceEntry[];
}

/** A type of one package. */
export interface ResourceType {
  /** 0xPPTT. */
  readonly id: number;
  readonly packageName: string;
  readonly name: string;
  /** Highest index of an entry and one, as declared. */
  readonly entryCount: number;
  readonly configurations: readonly ResourceConfiguration[];
}

/** Looks resources up, in one table or in those of base and splits together. Everything is decoded when asked for. */
export interface ResourceLookup {
  /** Null when no configuration has it. */
  resource(id: number): Resource | null;
  /** Configurations in which the resource has an entry, in the order of the file. */
  configurationsOf(id: number): readonly ResourceConfiguration[];
  /** `string/app_name`; null when there is no such resource. */
  name(id: number): string | null;
  /** The id of `string/app_name` or `com.example:string/app_name`, the first that has the name; null when there is none. */
  idOf(name: string): number | null;
  types(): readonly ResourceType[];
  /** Ids of everything defined, ascending within each type. */
  ids(): Iterable<number>;
}
