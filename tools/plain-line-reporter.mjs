/** Ends a test run with one plain line, `N passed, N failed, N skipped`, for people and machines that read only the end. */
export default class PlainLineReporter {
  onTestRunEnd(modules) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    let broken = 0;
    for (const module of modules) {
      if (
        module.state() === 'failed' &&
        [...module.children.allTests()].every((test) => test.result().state !== 'failed')
      )
        broken += 1;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        if (state in count) count[state] += 1;
      }
    }
    process.on('exit', () =>
      process.stdout.write(`\n${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped\n`),
    );
  }
}
