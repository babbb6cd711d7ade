import type { DexFile } from './dex-file.ts';
import type { IndexKind } from './instruction.ts';

/** Longest string that is shown whole. */
const MAX_SHOWN = 1_000;

/**
 * What an index means, in the notation of smali: `"text"`, `Lcom/example/Main;`, `Lcom/example/Main;->count:I`,
 * `Lcom/example/Main;->run()V`, `(I)V`; `kind@number` for call sites, method handles and what does not exist.
 */
export function referenceText(dex: DexFile, kind: IndexKind, index: number): string {
  const { header } = dex;
  switch (kind) {
    case 'string':
      return index < header.strings.count ? quoted(dex.strings.get(index)) : `string@${index}`;
    case 'type':
      return index < header.types.count ? dex.typeDescriptor(index) : `type@${index}`;
    case 'field': {
      if (index >= header.fields.count) return `field@${index}`;
      const owner = dex.typeDescriptor(dex.fieldClass(index));
      return `${owner}->${dex.fieldName(index)}:${dex.typeDescriptor(dex.fieldType(index))}`;
    }
    case 'method': {
      if (index >= header.methods.count) return `method@${index}`;
      return `${dex.typeDescriptor(dex.methodClass(index))}->${dex.methodName(index)}${dex.methodDescriptor(index)}`;
    }
    case 'proto':
      return index < header.protos.count ? dex.protoDescriptor(index) : `proto@${index}`;
    default:
      return `${kind}@${index}`;
  }
}

/** A JSON string, all but plain ASCII escaped, so that letters without width and right-to-left marks are seen. */
export function quoted(text: string): string {
  const shown = text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
  return JSON.stringify(shown).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
