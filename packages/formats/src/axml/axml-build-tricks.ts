import type { PoolTricks } from '../string-pool/write-string-pool.ts';
import type { XmlNode } from './axml-builder.ts';

/** Deviations that hostile manifests show. */
export interface AxmlTricks {
  readonly utf8?: boolean;
  readonly outerType?: number;
  readonly outerHeaderSize?: number;
  /** Added to the declared size of the document. */
  readonly sizeLie?: number;
  /** Bytes appended behind the document. */
  readonly trailing?: Uint8Array;
  /** Added to the declared number of strings. */
  readonly stringCountLie?: number;
  /** More lies about the string pool. */
  readonly pool?: PoolTricks;
  /** A second pool with these strings, before the first node or behind it. */
  readonly secondPool?: { readonly strings: readonly string[]; readonly late: boolean };
  /** Leaves the resource map out, puts it behind the first node, or adds bytes or ids to it. */
  readonly map?: { readonly place?: 'none' | 'late'; readonly padding?: number; readonly moreIds?: readonly number[] };
  /** Bytes between an element's fields and its first attribute. */
  readonly attributeStartGap?: number;
  /** Bytes between two attributes. */
  readonly attributeGap?: number;
  /** Declared stride of the attributes, whatever they take. */
  readonly attributeSize?: number;
  /** Added to the declared number of attributes. */
  readonly attributeCountLie?: number;
  /** Larger than 16: junk between an element's header and its body. */
  readonly nodeHeaderSize?: number;
  /** A chunk of this type before every element. */
  readonly junkChunkType?: number;
  /** Header of those chunks; the platform stops at one below 16. */
  readonly junkHeaderSize?: number;
  /** A chunk of this type between the string pool and the resource map. */
  readonly junkBeforeMap?: number;
  /** Declared size of the last chunk, the end of the namespace. */
  readonly namespaceEndSize?: number;
  /** End tags left out at the end, or written too often. */
  readonly endTags?: 'missing' | 'doubled';
  /** Name in each end tag. */
  readonly endName?: string;
  /** Elements behind the end of the root. */
  readonly behind?: readonly XmlNode[];
  /** Names of attributes in the string pool, where the resource id says otherwise. */
  readonly renamed?: (name: string) => string;
}
