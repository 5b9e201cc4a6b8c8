"""The database as the last guard: trigger kinds that models name in their Meta.triggers.

The functions are compiled without the trigger library's ignore switch: a setting that any
SQL user can set is no guard (recipes.md 10). What a refusal says is read by staff only when
something went round Python, so the sentences are for whoever looks into the log.
"""

import pgtrigger
from pgtrigger import compiler


class GuardSql(compiler.UpsertTriggerSql):
    """Trigger SQL without the ignore switch."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}()
            RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Guard(pgtrigger.Trigger):
    """A trigger that nobody can switch off from a session."""

    def compile(self, model):
        return compiler.Trigger(
            name=self.name,
            sql=GuardSql(
                pgid=self.get_pgid(model),
                declare=self.render_declare(model),
                func=self.render_func(model),
                table=model._meta.db_table,
                constraint="CONSTRAINT" if self.timing else "",
                when=self.when,
                operation=self.operation,
                timing=f"DEFERRABLE INITIALLY {self.timing}" if self.timing else "",
                referencing=self.referencing or "",
                level=self.level,
                condition=self.render_condition(model),
                execute=self.render_execute(model),
            ),
        )


def refuse(sentence: str) -> str:
    """PL/pgSQL that refuses with a sentence and SQLSTATE 23514 (Django: IntegrityError)."""
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514';"


def append_only(name="append_only"):
    """Rows are written once: no update, no delete."""
    return Guard(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=refuse("Rows of this table are written once; correct by a new row."),
    )


def no_delete(name="no_delete"):
    """Regulated records end; they are not deleted."""
    return Guard(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=refuse("Regulated records are not deleted; they end."),
    )


def frozen(*columns, name="frozen"):
    """The named columns never change once written."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    return Guard(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"IF {changed} THEN {refuse('This part of the record never changes.')} END IF;"
        " RETURN NEW;",
    )


def write_once(*columns, name="write_once"):
    """The named columns go from empty to a value, once; all others never change."""
    body = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})"
        for column in columns
    )
    names = ", ".join(f"'{column}'" for column in columns)
    return Guard(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""IF {body}
                OR (to_jsonb(NEW) - ARRAY[{names}]) <> (to_jsonb(OLD) - ARRAY[{names}])
            THEN {refuse("Only the end of this row may be written, and once.")}
            END IF; RETURN NEW;""",
    )


settled_once = Guard(
    name="settled_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
    IF OLD.outcome <> '' OR NEW.outcome = '' OR (to_jsonb(NEW) - ARRAY['outcome', 'data',
        'settled_by_id', 'settled_event_id']) <> (to_jsonb(OLD) - ARRAY['outcome', 'data',
        'settled_by_id', 'settled_event_id'])
    THEN {refuse("A proposal is settled once, and nothing else of it changes.")}
    END IF; RETURN NEW;""",
)

BATCH = "SELECT 1 FROM core_importbatch WHERE transaction = pg_current_xact_id()::text"

edges = Guard(
    name="edges",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.revision <> 1 THEN {refuse("A case begins at revision 1.")} END IF;
        IF NOT EXISTS (SELECT 1 FROM core_edge e WHERE e.process = NEW.process
                AND e.from_state = '' AND e.to_state = NEW.state)
            AND NOT EXISTS ({BATCH})
        THEN {refuse("A case can not begin in this state.")} END IF;
        RETURN NEW;
    END IF;
    IF NEW.revision <> OLD.revision + 1 THEN
        {refuse("Every change of a case is one more revision.")} END IF;
    IF NEW.process <> OLD.process OR NEW.number <> OLD.number
        OR NEW.subject_key <> OLD.subject_key THEN
        {refuse("Process, number and subject of a case never change.")} END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM core_edge e
        WHERE e.process = NEW.process
        AND ((e.from_state, e.to_state) IN ((OLD.state, NEW.state), (NEW.state, OLD.state))
            OR (NEW.state = 'withdrawn' AND e.from_state = '' AND e.to_state = OLD.state))) THEN
        {refuse("No edge of the process leads from that state to this one.")} END IF;
    RETURN NEW;
    """,
)

evented = Guard(
    name="evented",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    declare=[("came_from", "TEXT")],
    func=f"""
    IF TG_OP = 'INSERT' THEN came_from := ''; ELSE came_from := OLD.state; END IF;
    IF NOT EXISTS (SELECT 1 FROM core_processevent e WHERE e.case_id = NEW.id
        AND e.revision = NEW.revision AND e.to_state = NEW.state
        AND e.from_state = came_from) THEN
        {refuse("No change of a case without its event.")} END IF;
    RETURN NULL;
    """,
)

event_fits = Guard(
    name="event_fits",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("kind", "TEXT"), ("reached", "INTEGER")],
    func=f"""
    SELECT c.process, c.revision INTO kind, reached FROM core_case c WHERE c.id = NEW.case_id;
    IF NEW.revision <> reached THEN
        {refuse("An event belongs to the revision that its case has reached.")} END IF;
    IF NEW.from_state <> NEW.to_state AND NOT EXISTS (SELECT 1 FROM core_edge e
        WHERE e.process = kind AND e.from_state = NEW.from_state
        AND e.to_state = NEW.to_state AND e.verb = NEW.verb) AND NOT EXISTS ({BATCH})
        AND NOT (NEW.verb = 'undo' AND EXISTS (SELECT 1 FROM core_processevent u
            WHERE u.id = NEW.undoes_id AND u.case_id = NEW.case_id
            AND u.to_state = NEW.from_state AND COALESCE(NULLIF(u.from_state, ''), 'withdrawn')
            = NEW.to_state))
    THEN {refuse("This verb does not lead from that state to this one.")} END IF;
    RETURN NEW;
    """,
)

stamped = Guard(
    name="stamped",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="NEW.transaction := pg_current_xact_id()::text; RETURN NEW;",
)
