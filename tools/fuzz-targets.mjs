/** Every reader of bytes that is fuzzed, in the order of the packages. */
export async function fuzzTargets() {
  const [formats, program] = await Promise.all([
    import('@vedette/formats/fuzz-targets'),
    import('@vedette/program/fuzz-targets'),
  ]);
  return [...formats.fuzzTargets, ...program.fuzzTargets];
}
