import { ShieldAlert, ShieldCheck } from 'lucide-react';

import { Tag } from '@/components/Tag';
import type { CaseCheck, RecordCheck } from '@/generated/protocol';
import { grouped, t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

/** Whether the server's log is what it was, as far as this station has proved it. */
function said({ size, restored, trouble }: RecordCheck): { text: string; bad: boolean } {
  if (trouble !== null) {
    return { text: t('app-record-changed'), bad: true };
  }
  if (restored !== null) {
    return { text: t('app-record-restored', { seq: grouped(restored) }), bad: true };
  }
  return { text: t('app-record-verified', { seq: grouped(size) }), bad: false };
}

/** The state of the record, for the head of a page; nothing before it was ever proved. */
export function RecordLine() {
  const record = useStatus()?.record;
  if (!record || (record.size === 0 && record.trouble === null)) {
    return null;
  }
  const { text, bad } = said(record);
  const Shield = bad ? ShieldAlert : ShieldCheck;
  return (
    <Tag tone={bad ? 'critical' : 'ok'}>
      <Shield size={12} aria-hidden="true" />
      <span title={record.trouble ?? record.key ?? undefined}>{text}</span>
    </Tag>
  );
}

/** Whether the entries of a case are in the server's log as this station holds them. */
export function CaseRecord({ incident, nEvents }: { incident: string; nEvents: number }) {
  const status = useStatus();
  const enabled = status?.link.state === 'live' && nEvents > 0;
  // The number of events is part of the question: another event is another answer.
  const check = useCall<CaseCheck>('check_case', { ref: incident, nEvents }, { enabled }).data;
  if (!check || (status?.record.trouble ?? null) !== null) {
    return <RecordLine />;
  }
  const bad = check.proved < check.held;
  const Shield = bad ? ShieldAlert : ShieldCheck;
  return (
    <Tag tone={bad ? 'critical' : 'ok'}>
      <Shield size={12} aria-hidden="true" />
      {t('app-record-case', { proved: check.proved, held: check.held })}
    </Tag>
  );
}
