import type { Evidence, Finding } from '@vedette/contracts';

/** One line that names the place a piece of evidence points at, without its note. */
export function evidencePlace(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'file': {
      const end = evidence.length === undefined ? '' : ` + ${evidence.length}`;
      return evidence.offset === undefined
        ? evidence.path
        : `${evidence.path} @ 0x${evidence.offset.toString(16)}${end}`;
    }
    case 'manifest':
      return `${evidence.element}${evidence.attribute === undefined ? '' : ` @${evidence.attribute}`}${evidence.value === undefined ? '' : ` = ${evidence.value}`}${evidence.line === undefined ? '' : `, line ${evidence.line}`}`;
    case 'code':
      return `${evidence.class}${evidence.method === undefined ? '' : `->${evidence.method}`}${evidence.codeOffset === undefined ? '' : ` @ 0x${evidence.codeOffset.toString(16)}`} in ${evidence.file}`;
    case 'certificate':
      return `${evidence.subject} (${evidence.sha256})`;
    case 'text':
      return `${evidence.source}${evidence.line === undefined ? '' : `:${evidence.line}`}`;
    case 'observation':
      return `${evidence.signal} = ${evidence.value}`;
    case 'network':
      return `${evidence.network}${evidence.host === undefined ? '' : `, ${evidence.host}`}`;
    case 'appraisal':
      return `${evidence.package} ${evidence.versionName ?? ''} (${evidence.verdict})`.replace('  ', ' ');
  }
}

/** A finding with its evidence as plain text: what "Copy as text" puts on the clipboard. */
export function findingText(finding: Finding): string {
  const lines = [
    `${finding.title} [${finding.severity}, ${finding.status}]`,
    `Rule ${finding.ruleId} v${finding.ruleVersion}`,
    '',
    finding.description,
  ];
  if (finding.remedy !== undefined) lines.push('', `What to do: ${finding.remedy}`);
  finding.evidence.forEach((evidence, index) => {
    lines.push(
      '',
      `Evidence ${index + 1} (${evidence.kind})${evidence.note === finding.description ? '' : `: ${evidence.note}`}`,
      `  at ${evidencePlace(evidence)}`,
    );
    if (evidence.kind === 'text') lines.push(...evidence.text.split('\n').map((line) => `  > ${line}`));
    if (evidence.kind === 'code' && evidence.reference !== undefined) lines.push(`  refers to ${evidence.reference}`);
    if (evidence.kind === 'code' && evidence.from !== undefined) lines.push(`  reachable from ${evidence.from}`);
    if (evidence.kind === 'code' && evidence.reach === 'referenced') lines.push('  dead code: nothing leads there');
    if (evidence.kind === 'network') {
      if (evidence.expected !== undefined) lines.push(`  expected: ${evidence.expected}`);
      lines.push(`  seen: ${evidence.seen}`);
    }
    if (evidence.kind === 'observation')
      lines.push(
        `  source: ${evidence.source}, ${evidence.trust}${evidence.rawRef === undefined ? '' : `, ${evidence.rawRef}`}`,
      );
  });
  if (finding.evidenceOmitted !== undefined && finding.evidenceOmitted > 0)
    lines.push('', `${finding.evidenceOmitted} more left out.`);
  const mappings = Object.entries(finding.mappings ?? {}).flatMap(([name, ids]) =>
    ids === undefined || ids.length === 0 ? [] : [`${name}: ${ids.join(', ')}`],
  );
  if (mappings.length > 0) lines.push('', mappings.join('; '));
  return lines.join('\n');
}
