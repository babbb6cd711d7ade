/**
 * Ends a test run with one plain line, `N passed, N failed, N skipped`, for people and machines that read only the end.
 * Skipped tests are named; with `CI=true` they make the run fail, so that a missing browser or database is not taken for success.
 */
export default class PlainLineReporter {
  onTestRunEnd(modules) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const skipped = [];
    let broken = 0;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) broken += 1;
      for (const test of tests) {
        const { state } = test.result();
        if (state in count) count[state] += 1;
        if (state === 'skipped') skipped.push(`${module.relativeModuleId}: ${test.fullName}`);
      }
    }
    // A run of chosen tests (`-t`) skips the others on purpose.
    const chosen = process.argv.some((argument) => argument === '-t' || argument.startsWith('--testNamePattern'));
    const strict = process.env.CI === 'true' && skipped.length > 0 && !chosen;
    process.on('exit', () => {
      if (!chosen) for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
      if (strict) {
        process.stdout.write('CI=true: a skipped test is a failure\n');
        process.exitCode = 1;
      }
      process.stdout.write(`\n${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped\n`);
    });
  }
}
