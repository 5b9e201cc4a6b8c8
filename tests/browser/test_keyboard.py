"""All of process 1 with the keyboard alone and without JavaScript, the chief's part included."""

from .walk import Walk

PEOPLE = ("secretary", "responsible", "chief", "dst-secretary")


def test_process_1_with_keyboard_alone_and_without_javascript(keyboards):
    walk = Walk({username: keyboards() for username in PEOPLE})
    walk.all()
    case = walk.case()
    assert case.state == "authorised"
    assert case.institution.authorisation_number
    assert [event.verb for event in case.events.order_by("revision")] == [
        "register_application", "start_evaluation", "ask", "answer", "answer", "recommend",
        "draft_agreement", "submit", "approve", "register_our_signature", "send",
        "register_counter_signature", "register_institution",
    ]  # fmt: skip
