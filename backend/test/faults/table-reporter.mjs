/** Prints what was broken, whether the promise held, and how long that took. */
export default class TableReporter {
  onRunComplete(_contexts, { testResults }) {
    const rows = testResults.flatMap(({ testResults: tests, testFilePath, testExecError }) =>
      testExecError ? [[testFilePath, 'did not run', '']] : tests.map(rowOf),
    );
    const table = [['fault', 'result', 'seconds'], ...rows];
    const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
    const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ');
    const [head, ...body] = table.map(line);
    process.stderr.write(['', head, '-'.repeat(head.length), ...body, '', ''].join('\n'));
  }
}

function rowOf({ ancestorTitles, title, status, duration }) {
  const result = status === 'passed' ? 'holds' : status;
  return [[...ancestorTitles, title].join(': '), result, ((duration ?? 0) / 1000).toFixed(1)];
}
