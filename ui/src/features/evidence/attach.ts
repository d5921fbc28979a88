// Files on their way from the person's hands into the console. What a file is, the console tells by its
// content; here only what is too large is not even read.
import { useEffect, useRef, useState } from 'react';

import type { DraftFile, Submitted } from '@/generated/protocol';
import { call, failureOf, HostFailure } from '@/host';
import { t } from '@/lib/tongue';

/** The largest file of evidence, in bytes. */
const LARGEST = 20 * 1024 * 1024;

/** What the dialog of the desktop offers. */
export const KINDS = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'application/pdf',
  'video/mp4',
  'text/plain',
];

/** The bytes of a file, as the console takes them. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () =>
      reject(new HostFailure('unread', t('evidence-unread', { name: file.name }))),
    );
    reader.readAsDataURL(file);
  });
}

/** The bytes of a file that is not too large. */
async function bytesOf(file: File): Promise<string> {
  if (file.size > LARGEST) {
    throw new HostFailure('too_large', t('evidence-too-large', { name: file.name }));
  }
  return await base64Of(file);
}

/** Attaches a file: when this is done it is kept on the station, sealed, line or not. */
export async function attach(incident: string, file: File): Promise<void> {
  const base64 = await bytesOf(file);
  const { rejection } = await call<Submitted>('evidence_attach', {
    incident,
    name: file.name,
    base64,
  });
  if (rejection) {
    throw new HostFailure(rejection.code, rejection.message);
  }
}

/** Files that were picked in a form, before there is an incident to attach them to. The console keeps
 * them with the draft; they go with the report when `kind` is submitted. */
export function usePicked(kind: string) {
  const [files, setFiles] = useState<DraftFile[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let isHere = true;
    call<DraftFile[]>('draft_files', { kind }).then(
      (kept) => isHere && setFiles((before) => [...kept, ...before]),
      () => {},
    );
    return () => {
      isHere = false;
    };
  }, [kind]);
  const adding = useRef(Promise.resolve());
  const addAll = async (more: File[]) => {
    setTrouble(null);
    for (const file of more) {
      try {
        // One after the other: each is held in memory as a whole.
        // oxlint-disable-next-line no-await-in-loop
        const args = { kind, name: file.name, base64: await bytesOf(file) };
        // oxlint-disable-next-line no-await-in-loop
        const kept = await call<DraftFile>('draft_file_add', args);
        setFiles((before) => [...before, kept]);
      } catch (thrown) {
        setTrouble(failureOf(thrown).message);
      }
    }
  };
  const add = (more: File[]) => {
    adding.current = adding.current.then(() => addAll(more));
  };
  /** Resolves when all that was picked is kept: a report that is sent before would go without it. */
  const added = () => adding.current;
  const remove = (file: DraftFile) => {
    setFiles((before) => before.filter((one) => one !== file));
    void call('draft_file_drop', { id: file.id }).catch(() => {});
  };
  /** They went with the report, or were given up with the draft. */
  const forget = () => {
    setFiles([]);
    setTrouble(null);
  };
  return { files, trouble, add, added, remove, forget };
}
