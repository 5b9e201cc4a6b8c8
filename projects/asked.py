"""Which grants the access rule is asked about, as SQL; what the rule asks of them is access.py's.

Rows come from GRANTS or SUPPOSED, narrowed by SCOPES; LEAVING supposes that something had ended.
Values go beside the SQL: since, until, known, and an id under the name of each scope.
"""

SPAN = "tstzrange(x.from_at, x.to_at)"
KNOWN = "x.recorded_at <= %(known)s AND (x.retracted_at IS NULL OR x.retracted_at > %(known)s)"
ASKED = "tstzrange(%(since)s, %(until)s, '[]')"  # the day, or the one instant
OWNED = f"""SELECT x.project_id FROM projects_projectowner x
    WHERE x.institution_id = %(institution)s AND {KNOWN} AND {SPAN} && {ASKED}"""
GRANTS = f"""SELECT x.person_id, x.project_id, x.agreement_id, x.case_id, x.from_at, x.to_at
    FROM projects_grant x WHERE {KNOWN} AND x.from_at <= %(until)s"""
SUPPOSED = """SELECT s.person_id, s.project_id, s.agreement_id, NULL::bigint AS case_id,
    %(until)s::timestamptz AS from_at, NULL::timestamptz AS to_at
    FROM unnest(%(people)s::bigint[], %(projects)s::bigint[], %(agreements)s::bigint[])
        AS s (person_id, project_id, agreement_id)"""
LEAVING = {  # what may end -> the source that it stands in, and its rows as if it had ended
    "right": ("rights", "SELECT * FROM ({}) r WHERE institution_id <> %(institution)s"),
    "full_right": ("rights", """SELECT institution_id,
            CASE WHEN institution_id <> %(institution)s THEN full_right END AS full_right,
            CASE WHEN institution_id = %(institution)s THEN full_right ELSE by_exemption END
                AS by_exemption
        FROM ({}) r"""),
    "exemption": ("exempted", "SELECT * FROM ({}) r WHERE project_id <> %(project)s"),
}  # fmt: skip
LINKS = f"SELECT x.person_id, x.root_id FROM researchers_samehuman x WHERE {KNOWN}"
ROOT = f"""SELECT COALESCE((SELECT root_id FROM ({LINKS}) l WHERE person_id = %(person)s),
    %(person)s)"""
RECORDS = f"{ROOT} UNION SELECT person_id FROM ({LINKS}) l WHERE root_id = ({ROOT})"
SCOPES = {  # of the grants alone: an index finds them
    "person": f"x.person_id IN ({RECORDS})",
    "project": "x.project_id = %(project)s",
    "projects": "x.project_id >= (%(projects)s)[1] AND x.project_id < (%(projects)s)[2]",
    "institution": f"""(x.agreement_id = ANY (ARRAY(SELECT a.agreement_id
        FROM researchers_association a WHERE a.institution_id = %(institution)s))
        OR x.project_id = ANY (ARRAY({OWNED})))""",
    "register": f"""x.project_id IN (SELECT x.project_id FROM projects_databasis x
        WHERE x.register_id = %(register)s AND {KNOWN} AND {SPAN} && {ASKED})""",
    "case": "x.case_id = %(case)s",
}  # fmt: skip
HOME = """SELECT x.agreement_id, (array_agg(x.institution_id ORDER BY x.id))[1] AS institution_id
    FROM researchers_association x WHERE x.agreement_id IN (SELECT agreement_id FROM asked)
    GROUP BY 1"""
AT_HOME = {"institution": f"(institution_id = %(institution)s OR project_id IN ({OWNED}))"}
