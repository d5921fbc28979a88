// What failed, what is still true, one action. The rest of the screen lives on.
import { Component, type ReactNode } from 'react';

import styles from './ErrorPanel.module.css';

/** A sentence about what failed, and a way to try again. */
export function ErrorPanel({ message, onAgain }: { message: string; onAgain?: () => void }) {
  return (
    <div className={styles.panel} role="alert">
      <p className={styles.what}>This part cannot be shown.</p>
      <p>{message}</p>
      <p className="muted">What you reported is kept. The other parts go on.</p>
      {onAgain && (
        <button type="button" className={styles.again} onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Keeps the fault of one panel from the others. */
export class Guarded extends Component<{ children: ReactNode }, { message: string | null }> {
  override state: { message: string | null } = { message: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { message: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render() {
    const { message } = this.state;
    if (message === null) {
      return this.props.children;
    }
    return <ErrorPanel message={message} onAgain={() => this.setState({ message: null })} />;
  }
}
