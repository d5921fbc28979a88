// Which incidents stand in the list: of one severity, of one hall. What is chosen is in the link.
import { Filter } from 'lucide-react';

import { goWith, useRoute } from '@/app/router';
import { Choices } from '@/components/Choices';
import type { IncidentView, Severity } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
/** Names the choice of everything, in each of the two. */
const ALL = { severity: 'any', hall: 'anywhere' } as const;

/** What was chosen; nothing lets everything through. */
export interface Filtered {
  severity: string | null;
  hall: string | null;
}

/** What the link says. */
export function useFiltered(): Filtered {
  const { search } = useRoute();
  return { severity: search.get('severity'), hall: search.get('hall') };
}

/** Whether an incident stands in the list. */
export function fits(incident: IncidentView, { severity, hall }: Filtered): boolean {
  return (
    (severity === null || incident.severity === severity) &&
    (hall === null || incident.venueCode === hall)
  );
}

/** The halls in which something happened, by their codes. */
function hallsOf(incidents: readonly IncidentView[]): [string, string][] {
  const halls = new Map<string, string>();
  for (const { venueCode, venueName } of incidents) {
    if (venueCode) {
      halls.set(venueCode, venueName ?? venueCode);
    }
  }
  return [...halls].toSorted(([, one], [, other]) => one.localeCompare(other));
}

/** The button, and its menu. It says how many are left while something is chosen. */
export function FilterMenu({
  incidents,
  filtered,
  shown,
}: {
  incidents: readonly IncidentView[];
  filtered: Filtered;
  shown: number;
}) {
  const chosen = filtered.severity !== null || filtered.hall !== null;
  const choose = (name: keyof Filtered) => (id: string) =>
    goWith(name, id === ALL[name] ? null : id);
  return (
    <Choices
      words={
        chosen
          ? t('incidents-filter-some', { shown, all: incidents.length })
          : t('incidents-filter')
      }
      opens="filter"
      icon={<Filter size={15} aria-hidden="true" />}
      groups={[
        {
          title: t('incidents-severity'),
          chosen: filtered.severity ?? ALL.severity,
          choices: [
            [ALL.severity, t('incidents-filter-any')],
            ...SEVERITIES.map((one) => [one, words.severity[one]] as const),
          ],
          onChoose: choose('severity'),
        },
        {
          title: t('incidents-hall'),
          chosen: filtered.hall ?? ALL.hall,
          choices: [[ALL.hall, t('incidents-filter-all-halls')], ...hallsOf(incidents)],
          onChoose: choose('hall'),
        },
      ]}
    />
  );
}
