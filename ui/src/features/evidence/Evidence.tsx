// The files of an incident: what each shows, how far it has come, and its original.
import { FileText, Lock } from 'lucide-react';

import { announce } from '@/app/announce';
import { Button } from '@/components/Button';
import type { FileView, IncidentDetail, SavedPaper, ShownFile } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { clock } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import { mayAttach, useAdding } from './adding';
import styles from './Evidence.module.css';
import { PickButton } from './Pick';

const PICTURES = new Set(['JPEG', 'PNG', 'WEBP']);

/** The copy of a picture; a sheet for what has none, or while it is on its way. */
function Thumb({ incident, file }: { incident: string; file: FileView }) {
  const can = PICTURES.has(file.kind) && (file.here || file.state === 'kept');
  const args = { incident, evidence: file.id };
  const { data } = useCall<ShownFile>('evidence_shown', args, { enabled: can });
  return data ? (
    <img
      className={styles.thumb}
      src={`data:${data.mime};base64,${data.base64}`}
      alt={file.note ?? file.name}
    />
  ) : (
    <span className={styles.thumb}>
      <FileText size={20} aria-hidden="true" />
    </span>
  );
}

/** How far a file has come, in words. */
function standing(file: FileView): string {
  switch (file.state) {
    case 'kept':
      return t('evidence-kept');
    case 'refused':
      return file.reason ?? t('evidence-refused');
    case 'sending':
      return t('evidence-sending', { percent: Math.floor((file.sent * 100) / file.size) });
    default:
      return t('evidence-waiting', { station: file.station ?? '' });
  }
}

async function open(incident: string, file: FileView): Promise<void> {
  try {
    const saved = await call<SavedPaper>('evidence_open', { incident, evidence: file.id });
    announce(t('evidence-opened', { file: saved.file }));
  } catch (thrown) {
    announce(failureOf(thrown).message);
  }
}

interface FileProps {
  incident: string;
  file: FileView;
  zone: string;
}

/** A file in a narrow pane: all that is known of it, line by line. */
function Row({ incident, file, zone }: FileProps) {
  const away = !file.here && file.state !== 'kept';
  return (
    <li className={styles.file} data-state={file.state}>
      <Thumb incident={incident} file={file} />
      <span className={styles.what}>
        <bdi className={styles.name}>{file.note ?? file.name}</bdi>
        <span className="muted">
          {clock(file.capturedAt, zone)} {file.by?.name}
        </span>
        <span>{standing(file)}</span>
        {!PICTURES.has(file.kind) && <span className="muted">{t('evidence-no-preview')}</span>}
        <span className="muted">
          <Lock size={11} aria-hidden="true" />{' '}
          <bdi className="code" title={file.sha256}>
            {file.sha256.slice(0, 12)}
          </bdi>
        </span>
      </span>
      <Button
        aria-label={t('evidence-open-of', { name: file.note ?? file.name })}
        reason={away ? t('evidence-not-here') : null}
        onPress={() => void open(incident, file)}
      >
        {t('evidence-open')}
      </Button>
    </li>
  );
}

/** When a file was made, that it is kept, and the two ends of its hash; the rest for who points at it. */
function Sealed({ file, zone }: { file: FileView; zone: string }) {
  const kept = file.state === 'kept';
  return (
    <span className="muted">
      <span title={file.by?.name}>{clock(file.capturedAt, zone)}</span>{' '}
      <span className="visually-hidden">{file.by?.name} </span>
      <Lock size={11} aria-hidden="true" />{' '}
      <bdi className="code" title={kept ? `${standing(file)}, ${file.sha256}` : file.sha256}>
        {file.sha256.slice(0, 4)}…{file.sha256.slice(-4)}
      </bdi>
      {kept && <span className="visually-hidden"> {standing(file)}</span>}
    </span>
  );
}

/** A file on the page of its case: a picture that opens, and two lines beneath it. */
function Card({ incident, file, zone }: FileProps) {
  const name = file.note ?? file.name;
  const away = !file.here && file.state !== 'kept';
  return (
    <li className={styles.file} data-state={file.state}>
      {away ? (
        <Thumb incident={incident} file={file} />
      ) : (
        <button
          type="button"
          className={styles.opens}
          aria-label={t('evidence-open-of', { name })}
          title={t(PICTURES.has(file.kind) ? 'evidence-open' : 'evidence-no-preview')}
          onClick={() => void open(incident, file)}
        >
          <Thumb incident={incident} file={file} />
        </button>
      )}
      <span className={styles.what}>
        <bdi className={styles.name}>{name}</bdi>
        <Sealed file={file} zone={zone} />
        {file.state !== 'kept' && <span>{standing(file)}</span>}
      </span>
    </li>
  );
}

/** The evidence of an incident; nothing where there is none and none may be added. */
export function Evidence({
  detail,
  zone,
  full = false,
}: {
  detail: IncidentDetail;
  zone: string;
  /** On the page of its own: with a heading, side by side. */
  full?: boolean;
}) {
  const { view, files, actions } = detail;
  const { trouble, add } = useAdding(view.ref);
  const may = full && mayAttach(actions);
  if (files.length === 0 && !may) {
    return null;
  }
  const One = full ? Card : Row;
  return (
    <section
      className={styles.evidence}
      data-full={full || undefined}
      aria-label={t('evidence-title')}
    >
      {full && (
        <div className={styles.head}>
          <h3>
            {t('evidence-title')} <span className="muted">{files.length}</span>
          </h3>
          {may && <PickButton onPick={(picked) => void add(picked)} />}
        </div>
      )}
      <ul>
        {files.map((file) => (
          <One key={file.id} incident={view.ref} file={file} zone={zone} />
        ))}
      </ul>
      {trouble && <p role="alert">{trouble}</p>}
    </section>
  );
}
