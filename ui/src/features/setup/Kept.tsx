// What a station keeps, and what that needs of its disk: measured here, or not said.
import type { Status } from '@/generated/protocol';
import { bytesWords } from '@/app/StatusBar';
import { t } from '@/lib/tongue';

/** The size of the copy when the older events are here, too; none before there is one. */
export function wholeCopy({ cacheBytes, lastSeq, older }: Status): number | null {
  const held = lastSeq - older;
  return held > 0 && cacheBytes > 0 ? Math.round((cacheBytes * lastSeq) / held) : null;
}

/** One line for all kinds: what is kept depends on the person, not on the kind. */
export function Kept({ status }: { status: Status }) {
  const whole = status.user ? wholeCopy(status) : null;
  return (
    <p className="muted" data-testid="kept">
      {t('setup-keeps')}{' '}
      {whole === null
        ? t('setup-keeps-unknown')
        : t(status.older > 0 ? 'setup-keeps-growing' : 'setup-keeps-now', {
            now: bytesWords(status.cacheBytes),
            whole: bytesWords(whole),
          })}
    </p>
  );
}
