// What failed, what is still true, one action. The rest of the screen lives on.
import { Component, type ReactNode } from 'react';

import { failureOf, HostFailure } from '@/host';
import { t } from '@/lib/tongue';
import { copyText, troubleOf } from '@/lib/trouble';

import { announce } from './announce';
import styles from './ErrorPanel.module.css';
import { go } from './router';

/** Puts a sentence on the clipboard for whoever looks after this computer. */
async function copyFor(failure: HostFailure): Promise<void> {
  const done = await copyText(`${failure.message} (${failure.code})`);
  announce(done ? t('app-copied') : t('app-it-could-not-be-copied'));
}

/** The one thing that helps, as a button. */
function Remedy({ failure, onAgain }: { failure: HostFailure; onAgain?: () => void }) {
  const { remedy } = troubleOf(failure);
  if (remedy === 'copy') {
    return (
      <button type="button" className={styles.again} onClick={() => void copyFor(failure)}>
        {t('app-copy-this-for-the-it')}
      </button>
    );
  }
  if (remedy === 'sign-in') {
    return (
      <button type="button" className={styles.again} onClick={() => go('#/sign-in')}>
        {t('app-sign-in')}
      </button>
    );
  }
  return (
    onAgain && (
      <button type="button" className={styles.again} onClick={onAgain}>
        {t('app-try-again')}
      </button>
    )
  );
}

/** A sentence about what failed, what is still true, and what helps. */
export function ErrorPanel({
  failure,
  onAgain,
  title = t('app-this-part-cannot-be-shown'),
}: {
  failure: HostFailure;
  onAgain?: () => void;
  title?: string;
}) {
  return (
    <div className={styles.panel} role="alert" data-code={failure.code}>
      <p className={styles.what}>{title}</p>
      <p>{failure.message}</p>
      <p className="muted">{troubleOf(failure).still}</p>
      <Remedy failure={failure} {...(onAgain ? { onAgain } : {})} />
    </div>
  );
}

/** Keeps the fault of one panel from the others. */
export class Guarded extends Component<{ children: ReactNode }, { failure: HostFailure | null }> {
  override state: { failure: HostFailure | null } = { failure: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { failure: failureOf(thrown) };
  }

  override render() {
    const { failure } = this.state;
    if (failure === null) {
      return this.props.children;
    }
    return <ErrorPanel failure={failure} onAgain={() => this.setState({ failure: null })} />;
  }
}
