import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

import styles from './Button.module.css';
import { Kbd } from './Kbd';

interface Props extends Omit<ButtonProps, 'children' | 'className' | 'style'> {
  /** `ink` is the one thing to do here; `bare` has no border. */
  variant?: 'ink' | 'plain' | 'bare' | 'danger';
  /** The key that does the same. */
  kbd?: string;
  icon?: ReactNode;
  children?: ReactNode;
  /** Why it cannot be used now; shown on hover and read to those who listen. */
  reason?: string | null;
}

/** A button. Disabled only with its reason beside it. */
export function Button({ variant = 'plain', kbd, icon, children, reason, ...rest }: Props) {
  const button = (
    <AriaButton
      {...rest}
      {...(reason ? { isDisabled: true } : {})}
      className={`${styles['button']} ${styles[variant] ?? ''}`}
    >
      {icon}
      {children !== undefined && <span>{children}</span>}
      {kbd && <Kbd>{kbd}</Kbd>}
    </AriaButton>
  );
  return reason ? (
    <span className={styles['why']} title={reason}>
      {button}
      <span className="visually-hidden">{reason}</span>
    </span>
  ) : (
    button
  );
}
