/** Orders versions such as `1.0.2k`, `7.69.0`, `4.9.0-RC1`: numbers by value, then letters; what comes before a release (`-RC1`) is smaller than it. Negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index] ?? '', right[index] ?? ''];
    if (x === y) continue;
    const [numberX, numberY] = [Number(x || '0'), Number(y || '0')];
    if (!Number.isNaN(numberX) && !Number.isNaN(numberY)) {
      if (numberX !== numberY) return numberX - numberY;
      continue;
    }
    // A letter behind a number is a later patch, one behind a hyphen a forerunner.
    if (x === '') return y.startsWith('-') ? 1 : -1;
    if (y === '') return x.startsWith('-') ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

function partsOf(version: string): readonly string[] {
  return version.match(/\d+|-?[A-Za-z]+/g) ?? [];
}
