import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Mapping } from './columns';
import type { TableForm } from './table-file';

export const IMPORT_STATES = ['checked', 'asks', 'begun', 'ended'] as const;
/** `asks`: most rows stand in another catalogue of the firm already, and somebody must say what is meant. */
export type ImportState = (typeof IMPORT_STATES)[number];
export const IMPORT_MODES = ['good-rows', 'all-or-none'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];
/** What is meant by a file like last month's: leave out what stands already, or take all of it for a new period. */
export const REPEAT_ANSWERS = ['skip', 'new-period'] as const;
export type RepeatAnswer = (typeof REPEAT_ANSWERS)[number];
/**
 * `already`: stands in this very catalogue. `left-out`: somebody said so, or it
 * stands in another one and was to be skipped. `refused`: a rule said
 * no when it was taken.
 */
export const ROW_STATES = ['good', 'bad', 'already', 'left-out', 'taken', 'refused'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** A cell that can be read in one way only by guessing: what it was taken for is the suggestion. */
export type RowDoubt = RowFault & { readonly suggestion: string };
export type RowFault = { readonly field: string; readonly code: string; readonly values: Record<string, string> };

/** One file on its way into one catalogue of one firm. */
@Entity('import_job')
@Index(['registration', 'madeAt'])
export class ImportJobRow {
  /** Made by the client. */
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: string;
  @Column('uuid') registration: string;
  @Column('text') enterprise: string;
  /** `account:<id>` or `process:<name>`: in whose name its rows are written. */
  @Column('text') actor: string;
  @Column('text') catalogue: string;
  /** What the context wants to know again when it begins, such as the catalogue's title and period. */
  @Column('jsonb') about: object;
  @Column('text') encoding: TableForm;
  @Column('jsonb') headings: readonly string[];
  @Column('jsonb') mapping: Mapping;
  /** Texts for fields whose cell is empty or that no heading fills. */
  @Column('jsonb') constants: Record<string, string>;
  @Column('text') sha256: string;
  @Column('text') state: ImportState;
  @Column('text', { nullable: true }) mode: ImportMode | null;
  @Column('text', { nullable: true }) answer: RepeatAnswer | null;
  @Column('timestamptz') madeAt: Date;
}

/** A row of a file. Its cells are emptied when the import has ended: they may name people, and what they said stands in events. */
@Entity('import_row')
export class ImportRowRow {
  @PrimaryColumn('uuid') job: string;
  /** As people count in Excel: the heading is row 1. */
  @PrimaryColumn('integer') row: number;
  @Column('jsonb') cells: readonly string[];
  @Column('text') state: RowState;
  @Column('jsonb', { nullable: true }) faults: readonly RowFault[] | null;
  /** What a good row still lacks before it can be published, as a refusal code. */
  @Column('text', { nullable: true }) notice: string | null;
  /** Cells of a good row that were guessed at; empty where none was. */
  @Column('jsonb', { nullable: true }) doubts: readonly RowDoubt[] | null;
  /** What people wrote in place of cells, by field; an empty text empties the cell. */
  @Column('jsonb', { nullable: true }) mended: Readonly<Record<string, string>> | null;
  /** Somebody said that it is not meant. */
  @Column('boolean', { nullable: true }) omitted: boolean | null;
  /** Hash of what the row says, in whatever order and under whatever headings. */
  @Column('text') content: string;
  /** The how-manieth of its content in the file, from 1. */
  @Column('integer') occurrence: number;
}

/** For databases of an earlier version. */
export const IMPORT_ROW_CHANGES = [
  'ALTER TABLE import_row ADD doubts jsonb, ADD mended jsonb, ADD omitted boolean',
] as const;
