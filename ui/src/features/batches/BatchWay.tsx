// The way of a batch, stop after stop, and what can be written down at one.
import { Button } from '@/components/Button';
import type { BatchDetail, BatchView, StopState, WayStop } from '@/generated/protocol';
import { StatusGlyph } from '@/glyphs';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

import styles from './Batches.module.css';
import { AT_STOP, formOf, FORMS, type FormKind } from './forms';
import { lineOf, spanOf } from './way';

const GLYPH = {
  PASSED: 'CLOSED',
  UNNOTED: 'REPORTED',
  HERE: 'UNDER_INVESTIGATION',
  TO_COME: 'REPORTED',
} as const;

/** Done, under way, or to come; the words beside it say the same. */
function StepGlyph({ state }: { state: StopState }) {
  return (
    <span aria-hidden="true">
      <StatusGlyph status={GLYPH[state]} />
    </span>
  );
}

/** The form of a stop, if it may be filled in now. */
function formAt({ stop }: WayStop, detail: BatchDetail): FormKind | undefined {
  const action = AT_STOP[stop];
  const offered = detail.actions.find((one) => one.action === action && one.reason === null);
  return offered && formOf(offered.action, detail.view);
}

/** The eight stops; what nobody has written down yet can be written down where it belongs. */
export function BatchWay({
  detail,
  zone,
  onForm,
}: {
  detail: BatchDetail;
  zone: string;
  onForm: (form: FormKind) => void;
}) {
  const { view } = detail;
  return (
    <>
      <ol className={styles['steps']}>
        {view.way.map((stop) => {
          const was = stop.state === 'PASSED' || stop.state === 'HERE';
          const form = formAt(stop, detail);
          const line = lineOf(stop, view);
          return (
            <li key={stop.stop} data-stop={stop.stop} data-state={stop.state}>
              <StepGlyph state={stop.state} />
              {was ? (
                <strong>{words.stop[stop.stop]}</strong>
              ) : (
                <span className="muted">{words.stop[stop.stop]}</span>
              )}
              <span className="muted">{spanOf(stop, view, zone)}</span>
              {line && <p>{line}</p>}
              {form && (
                <div className={styles['atStop']}>
                  <Button
                    variant={form === 'correct' ? 'bare' : 'plain'}
                    onPress={() => onForm(form)}
                  >
                    {FORMS[form].title}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <EveryStep batch={view} zone={zone} />
    </>
  );
}

/** A seal that was opened, a second marker: what was on its way more than once. */
function EveryStep({ batch, zone }: { batch: BatchView; zone: string }) {
  const once = new Set(batch.steps.map((step) => step.status));
  if (once.size === batch.steps.length) {
    return null;
  }
  return (
    <details className={styles['every']}>
      <summary>
        {t('batches-every-step')} <span className="muted">{batch.steps.length}</span>
      </summary>
      <ol>
        {batch.steps.map((step) => (
          <li key={`${step.status} ${step.at}`}>
            <span className="muted">{hm(step.at, zone)}</span> {words.batchStatus[step.status]}
            {', '}
            {[step.by?.name, step.holder && t('batches-held-by', { holder: step.holder })]
              .filter(Boolean)
              .join(', ')}
          </li>
        ))}
      </ol>
    </details>
  );
}
