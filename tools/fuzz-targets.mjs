/** Every reader of bytes that is fuzzed, in the order of the packages. */
export async function fuzzTargets() {
  const packages = await Promise.all([
    import('@vedette/formats/fuzz-targets'),
    import('@vedette/attestation/fuzz-targets'),
    import('@vedette/network/fuzz-targets'),
    import('@vedette/program/fuzz-targets'),
    import('@vedette/indicators/fuzz-targets'),
    import('@vedette/forensics/fuzz-targets'),
  ]);
  return packages.flatMap((one) => one.fuzzTargets);
}
