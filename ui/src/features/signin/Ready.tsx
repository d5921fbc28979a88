import type { ServerCheck, Status } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { grouped, lag } from '@/lib/time';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';

import styles from './SignIn.module.css';

type Line = [name: string, ok: boolean, value: string];

function linesOf(status: Status, check: ServerCheck | undefined): Line[] {
  const { clock } = status;
  const lines: Line[] = [];
  if (check) {
    lines.push([
      t('signin-server-reached'),
      check.ok,
      check.ok ? t('signin-ms', { ms: check.ms }) : t('signin-no'),
    ]);
  }
  if (check?.lookup) {
    lines.push([t('signin-server-address'), true, check.lookup.address]);
  }
  if (status.lastSeq > 0) {
    lines.push([t('signin-events-on-station'), true, grouped(status.lastSeq)]);
  }
  if (clock.measured) {
    lines.push([t('signin-clock'), Math.abs(clock.offsetMs) < 2000, lag(clock.offsetMs)]);
  }
  lines.push(
    [
      t('signin-desktop-messages'),
      status.notifications.ok,
      said(status.notifications.reason) ?? t('signin-arrive'),
    ],
    [t('signin-key-store'), status.keystore.ok, said(status.keystore.reason) ?? t('signin-works')],
  );
  return lines;
}

/** What the parts of the station report, before anybody works. */
export function Ready({ status, check }: { status: Status; check: ServerCheck | undefined }) {
  return (
    <>
      <h2>{t('signin-ready-for-today')}</h2>
      <dl className={styles['ready']}>
        {linesOf(status, check).map(([name, ok, value]) => (
          <div key={name}>
            <dt>
              <span aria-hidden="true">
                {ok ? <StatusGlyph status="RESOLVED" /> : <SeverityGlyph severity="MEDIUM" />}
              </span>
              {name}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status.warnings.map((warning) => (
        <p key={warning} role="alert" className={styles['problem']}>
          {said(warning)}
        </p>
      ))}
    </>
  );
}
