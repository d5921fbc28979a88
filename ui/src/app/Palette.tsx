// `Ctrl K`: everything that this station holds, and everything that can be done, by its words.
import { DoorOpen, IdCard, Package, Search, SquareChevronRight } from 'lucide-react';
import {
  useDeferredValue,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
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
import { SeverityGlyph } from '@/glyphs';
import { ago } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';

import { trouble } from '../features/batches/custody';
import { happenedAt } from '../features/incidents/groups';
import { openBeside } from './beside';
import { deeds } from './commands';
import { find, type Find, type FindGroup } from './finding';
import styles from './Palette.module.css';
import { go, goWith } from './router';

/** The keys that open what is chosen beside the halls. */
const BESIDE = 'Ctrl ↵';

/** Fewer letters find too many people. */
const ENOUGH = 2;

/** What is held here and fits the line. */
function useFinds(line: string): FindGroup[] {
  const asked = line.replace(/^>/, '').trim();
  const enabled = !line.startsWith('>') && asked.length >= ENOUGH;
  const candidates = useCall<Candidate[]>('candidates', { text: asked }, { enabled }).data;
  const incidents = useCall<IncidentView[]>('incidents').data;
  const batches = useCall<BatchView[]>('batches').data;
  const sittings = useCall<Monitor>('monitor').data?.sittings;
  return useMemo(() => {
    const held = {
      incidents: incidents ?? [],
      batches: batches ?? [],
      candidates: (enabled && candidates) || [],
      sittings: sittings ?? [],
      deeds: deeds(),
    };
    return find(held, line);
  }, [incidents, batches, candidates, sittings, enabled, line]);
}

/** Does what was chosen. */
function choose(found: Find): void {
  switch (found.kind) {
    case 'batch':
      return go(`#/batches/${found.batch.batchQRCode}`);
    case 'incident':
      return go(`#/incidents/${found.incident.ref}`);
    case 'candidate':
      return go(`#/hall/${found.candidate.sittingId}?seat=${found.candidate.seat}`);
    case 'place':
      return go(`#/hall/${found.sitting.id}`);
    case 'deed':
      return found.deed.run();
  }
}

/** Shows what was chosen beside the halls, where it can stand there: a case beneath the lanes, the clock
 * of a hall in a window of its own. */
function chooseBeside(found: Find): void {
  switch (found.kind) {
    case 'incident':
      return go(`#/monitor?incident=${found.incident.ref}`);
    case 'place':
      return openBeside(`#/clock/${found.sitting.id}`);
    case 'batch':
    case 'candidate':
    case 'deed':
      return choose(found);
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

/** The words of something found, for the list and for those who type ahead. */
function textOf(found: Find): string {
  switch (found.kind) {
    case 'batch':
      return `${found.batch.batchQRCode} ${found.batch.courseName}`;
    case 'incident':
      return found.incident.title;
    case 'candidate':
      return `${found.candidate.indexNumber} ${found.candidate.name}`;
    case 'place':
      return found.sitting.venue?.name ?? found.sitting.room;
    case 'deed':
      return found.deed.words;
  }
}

function Line({ icon, children, more }: { icon: ReactNode; children: ReactNode; more: ReactNode }) {
  return (
    <>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.text}>{children}</span>
      <span className={styles.more}>{more}</span>
    </>
  );
}

function Found({ found, now }: { found: Find; now: number }) {
  switch (found.kind) {
    case 'batch':
      return (
        <Line icon={<Package size={15} />} more={trouble(found.batch)}>
          <b className="code">{found.batch.batchQRCode}</b> {found.batch.courseName}
        </Line>
      );
    case 'incident':
      return (
        <Line
          icon={<SeverityGlyph severity={found.incident.severity} />}
          more={ago(now - happenedAt(found.incident))}
        >
          <b>{found.incident.title}</b>{' '}
          {[found.incident.venueCode, found.incident.courseCode].filter(Boolean).join(', ')}
        </Line>
      );
    case 'candidate':
      return (
        <Line
          icon={<IdCard size={15} />}
          more={
            <bdi className="code">
              {[found.sitting?.venue?.code, found.candidate.seat].filter(Boolean).join(' ')}
            </bdi>
          }
        >
          <b className="code">{found.candidate.indexNumber}</b> {found.candidate.name}
        </Line>
      );
    case 'place':
      return (
        <Line
          icon={<DoorOpen size={15} />}
          more={<bdi className="code">{found.sitting.courseCode}</bdi>}
        >
          <b>{textOf(found)}</b>
        </Line>
      );
    case 'deed':
      return (
        <Line
          icon={<SquareChevronRight size={15} />}
          more={found.deed.kbd && <Kbd>{found.deed.kbd}</Kbd>}
        >
          <b>{found.deed.words}</b>
        </Line>
      );
  }
}

function Results({ groups, onChoose }: { groups: FindGroup[]; onChoose: (found: Find) => void }) {
  const now = useServerNow();
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
              <Found found={found} now={now} />
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </Menu>
  );
}

/** The palette. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [line, setLine] = useState('');
  const groups = useFinds(useDeferredValue(line));
  const count = groups.reduce((sum, { finds }) => sum + finds.length, 0);
  const take = (found: Find | undefined, beside: boolean) => {
    if (found) {
      onClose();
      (beside ? chooseBeside : choose)(found);
    }
  };
  const { held, handlers } = useWithCtrl((key) =>
    take(
      groups.flatMap(({ finds }) => finds).find((one) => one.key === key),
      true,
    ),
  );
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
            <Autocomplete inputValue={line} onInputChange={setLine}>
              <SearchField aria-label={t('app-jump-to')} className={styles.field ?? ''} autoFocus>
                <Search size={16} aria-hidden="true" />
                <Input placeholder={t('app-batch-incident-candidate-hall-or')} />
                <span className={styles.count} role="status">
                  {line === '' ? '' : t('app-on-this-station', { count })}
                </span>
              </SearchField>
              <section className={styles.results} aria-label={t('app-found')} tabIndex={0}>
                <Results groups={groups} onChoose={(found) => take(found, held.current)} />
              </section>
            </Autocomplete>
          </div>
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
            <button
              type="button"
              tabIndex={-1}
              onClick={() => {
                onClose();
                goWith('keys', 'on');
              }}
            >
              <Kbd>?</Kbd> {t('app-all-keys')}
            </button>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
