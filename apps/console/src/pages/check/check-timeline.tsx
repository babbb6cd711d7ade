import type { CheckResult, EvidenceRecord } from '@vedette/contracts';
import { markedPlaces, recordsByDay } from '@vedette/report';
import { Card, CheckField, Chip, RecordsPerDay } from '@vedette/ui';
import { useMemo, useState } from 'react';
import type { Column } from '../../app/column.ts';
import { DataTable } from '../../app/data-table.tsx';
import { ListSearch } from '../../app/list-parts.tsx';

const MOST_BARS = 120;
/** Rows in the table at a time; the filter finds the others. */
const MOST_ROWS = 2_000;

interface Row {
  readonly key: string;
  readonly record: EvidenceRecord;
  readonly marked: boolean;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'time',
    header: 'Time (UTC)',
    narrow: true,
    cell: ({ record }) => (
      <span className="tnum whitespace-nowrap">
        {record.at === null ? 'not dated' : record.at.slice(0, 19).replace('T', ' ')}
      </span>
    ),
  },
  {
    id: 'record',
    header: 'What the evidence tells',
    grow: true,
    cell: ({ record, marked }) => (
      <div className="min-w-[160px]">
        <p className="break-words">
          {marked ? <Chip>finding</Chip> : null} {record.text}
        </p>
        <code className="text-12 text-ink-3">{record.artefact}</code>
      </div>
    ),
  },
  {
    id: 'place',
    header: 'Where it stands',
    from: 'wide',
    cell: ({ record }) => <code className="block w-[240px] text-12 break-all">{record.rawRef}</code>,
  },
];

/** What happened on the phone when, as its evidence tells: a plot of days, and every record with its place. */
export function CheckTimeline({ result }: { readonly result: CheckResult }) {
  const { timeline = [], timelineOmitted = 0, findings } = result;
  const [needle, setNeedle] = useState('');
  const [onlyFindings, setOnlyFindings] = useState(false);
  const places = useMemo(() => markedPlaces(findings), [findings]);
  const plot = useMemo(() => recordsByDay(timeline, ({ rawRef }) => places.has(rawRef), MOST_BARS), [timeline, places]);
  const rows = useMemo(() => {
    const lower = needle.toLowerCase();
    const says = ({ text, artefact, rawRef, at }: EvidenceRecord) =>
      lower === '' || `${at ?? ''} ${text} ${artefact} ${rawRef}`.toLowerCase().includes(lower);
    return timeline
      .map((record, index): Row => ({ key: String(index), record, marked: places.has(record.rawRef) }))
      .filter(({ record, marked }) => (marked || !onlyFindings) && says(record))
      .toReversed();
  }, [timeline, places, needle, onlyFindings]);
  if (timeline.length === 0) return null;
  const more = rows.length - MOST_ROWS;
  return (
    <Card title="What happened when">
      {plot === null ? null : <RecordsPerDay bars={plot.bars} days={plot.days} />}
      <div className="mt-3">
        <DataTable
          name="check-timeline"
          label="Records of the evidence"
          columns={COLUMNS}
          rows={rows.slice(0, MOST_ROWS)}
          rowKey={(row) => row.key}
          toolbar={
            <>
              <ListSearch value={needle} onChange={setNeedle} label="Text, day, kind or place" />
              <CheckField
                label="Only with a finding"
                checked={onlyFindings}
                onChange={(event) => setOnlyFindings(event.target.checked)}
              />
            </>
          }
          footer={
            more > 0 || timelineOmitted > 0 ? (
              <span className="text-12 text-ink-3">
                {more > 0 ? `${more} more fit; narrow the search. ` : ''}
                {timelineOmitted > 0 ? `${timelineOmitted} records were left out of this report.` : ''}
              </span>
            ) : undefined
          }
        />
      </div>
    </Card>
  );
}
