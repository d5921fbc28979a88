// A button that opens a menu of choices, some of which are taken.
import type { ReactNode } from 'react';
import {
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from 'react-aria-components';
import { Check } from 'lucide-react';

import { Button } from './Button';
import styles from './Choices.module.css';

/** Choices of which exactly one is taken. */
export interface Group {
  title: string;
  chosen: string;
  choices: readonly (readonly [id: string, words: string])[];
  onChoose: (id: string) => void;
}

function Section({ title, chosen, choices, onChoose }: Group) {
  const choose = (selection: Selection) => {
    const [one] = selection === 'all' ? [] : selection;
    if (one !== undefined) {
      onChoose(String(one));
    }
  };
  return (
    <MenuSection
      aria-label={title}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={choose}
    >
      <Header className={styles['title'] ?? ''}>{title}</Header>
      {choices.map(([id, words]) => (
        <MenuItem key={id} id={id} textValue={words} className={styles['item'] ?? ''}>
          {({ isSelected }) => (
            <>
              <span className={styles['mark']} aria-hidden="true">
                {isSelected && <Check size={13} />}
              </span>
              {words}
            </>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** The button and its menu. */
export function Choices({
  words,
  icon,
  opens,
  groups,
}: {
  words: string;
  icon: ReactNode;
  /** Its name for those who look at every screen. */
  opens: string;
  groups: readonly Group[];
}) {
  return (
    <MenuTrigger>
      <Button variant="bare" data-opens={opens} icon={icon}>
        {words}
      </Button>
      <Popover placement="bottom end" className={styles['popover'] ?? ''}>
        <Menu aria-label={words} className={styles['menu'] ?? ''}>
          {groups.map((group) => (
            <Section key={group.title} {...group} />
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
