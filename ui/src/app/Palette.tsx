// `Ctrl K`: everything that this station holds, and everything that can be done, by its words.
import { Search } from 'lucide-react';
import {
  useDeferredValue,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';

import { Kbd } from '@/components/Kbd';
import type { BatchView, Candidate, IncidentView, Monitor } from '@/generated/protocol';
import { dayKey } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useCall, useStatus } from '@/live/queries';

import { openBeside, placeOfBatch } from './beside';
import { deeds } from './commands';
import { find, type Find, type FindGroup } from './finding';
import { Found, textOf } from './Found';
import styles from './Palette.module.css';
import { zoneOf } from './link';
import { go, goWith } from './router';

/** The keys that open what is chosen beside the halls. */
const BESIDE = 'Ctrl ↵';

/** Fewer letters find too many people. */
const ENOUGH = 2;

/** Which sitting of a hall is the next one is looked at once a minute. */
const MINUTE_MS = 60_000;

/** What is held here and fits the line. */
function useFinds(line: string): FindGroup[] {
  const asked = line.replace(/^>/, '').trim();
  const enabled = !line.startsWith('>') && asked.length >= ENOUGH;
  const candidates = useCall<Candidate[]>('candidates', { text: asked }, { enabled }).data;
  const incidents = useCall<IncidentView[]>('incidents').data;
  const batches = useCall<BatchView[]>('batches').data;
  const sittings = useCall<Monitor>('monitor').data?.sittings;
  const now = useServerNow(MINUTE_MS);
  return useMemo(() => {
    const held = {
      incidents: incidents ?? [],
      batches: batches ?? [],
      candidates: (enabled && candidates) || [],
      sittings: sittings ?? [],
      deeds: deeds(),
      now,
    };
    return find(held, line);
  }, [incidents, batches, candidates, sittings, enabled, line, now]);
}

/** Does what was chosen. */
function choose(found: Find, zone: string): void {
  switch (found.kind) {
    case 'batch':
      return go(`#/batches/${found.batch.batchQRCode}`);
    case 'incident':
      return go(`#/incidents/${found.incident.ref}`);
    case 'candidate':
      return go(`#/hall/${found.candidate.sittingId}?seat=${found.candidate.seat}`);
    case 'place':
      return go(`#/hall/${found.sitting.id}`);
    case 'paper': {
      const { id, startsAt } = found.sitting;
      return go(`#/timetable/${dayKey(startsAt, zone)}?sitting=${id}`);
    }
    case 'report':
      return goWith('report', String(found.sitting.id));
    case 'deed':
      return found.deed.run();
  }
}

/** Shows what was chosen beside the halls, where it can stand there: a case beneath the lanes, a batch
 * and the clock of a hall in a window of their own. */
function chooseBeside(found: Find, zone: string): void {
  switch (found.kind) {
    case 'incident':
      return go(`#/monitor?incident=${found.incident.ref}`);
    case 'place':
      return openBeside(`#/clock/${found.sitting.id}`);
    case 'batch':
      return openBeside(placeOfBatch(found.batch.batchQRCode));
    case 'candidate':
    case 'paper':
    case 'report':
    case 'deed':
      return choose(found, zone);
  }
}

/** The row that Enter would take: the field names it as its own. */
function markedKey(): string | undefined {
  const id = document.activeElement?.getAttribute('aria-activedescendant');
  return id ? document.getElementById(id)?.dataset['key'] : undefined;
}

/** Ctrl Enter and Ctrl with a press; the list knows neither. */
function useWithCtrl(take: (key: string) => void) {
  const held = useRef(false);
  const keys = (event: KeyboardEvent) => {
    held.current = false;
    const key = markedKey();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && key !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      take(key);
    }
  };
  const press = (event: PointerEvent) => {
    held.current = event.ctrlKey || event.metaKey;
  };
  return { held, handlers: { onKeyDownCapture: keys, onPointerDownCapture: press } };
}

function Results({ groups, onChoose }: { groups: FindGroup[]; onChoose: (found: Find) => void }) {
  const now = useServerNow();
  const zone = zoneOf(useStatus());
  const all = groups.flatMap(({ finds }) => finds);
  return (
    <Menu
      aria-label={t('app-results')}
      className={styles.menu ?? ''}
      onAction={(key) => {
        const found = all.find((one) => one.key === key);
        if (found) {
          onChoose(found);
        }
      }}
      renderEmptyState={() => (
        <p className={styles.none}>{t('app-nothing-on-this-station-fits')}</p>
      )}
    >
      {groups.map(({ title, finds }) => (
        <MenuSection key={title} aria-label={title}>
          <Header className={styles.title ?? ''}>{title}</Header>
          {finds.map((found) => (
            <MenuItem
              key={found.key}
              id={found.key}
              textValue={textOf(found)}
              className={styles.item ?? ''}
            >
              <Found found={found} now={now} zone={zone} />
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </Menu>
  );
}

/** What one types, and what was found. */
function Seeking({
  line,
  onLine,
  groups,
  onChoose,
}: {
  line: string;
  onLine: (line: string) => void;
  groups: FindGroup[];
  onChoose: (found: Find) => void;
}) {
  const count = groups.reduce((sum, { finds }) => sum + finds.length, 0);
  return (
    <Autocomplete inputValue={line} onInputChange={onLine}>
      <SearchField aria-label={t('app-jump-to')} className={styles.field ?? ''} autoFocus>
        <Search size={16} aria-hidden="true" />
        <Input placeholder={t('app-batch-incident-candidate-hall-or')} />
        <span className={styles.count} role="status">
          {line === '' ? '' : t('app-on-this-station', { count })}
        </span>
      </SearchField>
      <section className={styles.results} aria-label={t('app-found')} tabIndex={0}>
        <Results groups={groups} onChoose={onChoose} />
      </section>
    </Autocomplete>
  );
}

/** The keys of the palette. */
function Foot({ onKeys }: { onKeys: () => void }) {
  return (
    <footer className={styles.foot} aria-hidden="true">
      <span>
        <Kbd>↑ ↓</Kbd> {t('app-move')}
      </span>
      <span>
        <Kbd>↵</Kbd> {t('app-open')}
      </span>
      <span>
        <Kbd>{BESIDE}</Kbd> {t('app-beside')}
      </span>
      <span className={styles.end}>
        <Kbd>{'>'}</Kbd> {t('app-commands-only')}
      </span>
      <button type="button" tabIndex={-1} onClick={onKeys}>
        <Kbd>?</Kbd> {t('app-all-keys')}
      </button>
    </footer>
  );
}

/** The palette. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [line, setLine] = useState('');
  const zone = zoneOf(useStatus());
  const groups = useFinds(useDeferredValue(line));
  const take = (found: Find | undefined, beside: boolean) => {
    if (found) {
      onClose();
      (beside ? chooseBeside : choose)(found, zone);
    }
  };
  const { held, handlers } = useWithCtrl((key) => {
    const all = groups.flatMap(({ finds }) => finds);
    take(
      all.find((one) => one.key === key),
      true,
    );
  });
  const keys = () => {
    onClose();
    goWith('keys', 'on');
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={styles.scrim ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label={t('app-jump-to')} className={styles.dialog ?? ''}>
          <div {...handlers} className={styles.all}>
            <Seeking
              {...{ line, groups }}
              onLine={setLine}
              onChoose={(found) => take(found, held.current)}
            />
          </div>
          <Foot onKeys={keys} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
