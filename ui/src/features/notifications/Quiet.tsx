// A quiet hour: nothing but critical incidents on the desktop, and no tone but theirs.
import { BellOff } from 'lucide-react';

import { Button } from '@/components/Button';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';

import { useChosen } from './chosen';

const HOUR = 3_600_000;

/** The next full hour that is at least half an hour away. */
export function quietUntil(now: number): number {
  return Math.ceil((now + HOUR / 2) / HOUR) * HOUR;
}

/** Begins the quiet hour, or ends it. */
export function QuietButton({ zone }: { zone: string }) {
  const { chosen, choose } = useChosen();
  const now = useServerNow();
  const until = chosen.quietUntil === null ? 0 : Date.parse(chosen.quietUntil);
  const quiet = until > now;
  const end = quiet ? until : quietUntil(now);
  return (
    <Button
      variant={quiet ? 'plain' : 'bare'}
      aria-pressed={quiet}
      icon={<BellOff size={14} aria-hidden="true" />}
      onPress={() => void choose({ quietUntil: quiet ? null : new Date(end).toISOString() })}
    >
      {t(quiet ? 'notifications-is-quiet-until' : 'notifications-quiet-until', {
        time: hm(end, zone),
      })}
    </Button>
  );
}
