"""The preview button of a verb's form opens the letter in a tab of its own, without JavaScript."""


def test_a_preview_opens_beside_the_form_which_keeps_what_was_typed(as_user, case_in):
    case = case_in("under_evaluation")
    hands = as_user("responsible", java_script_enabled=False)
    page = f"/authorisations/{case.number}/ask/"
    hands.open(page)
    hands.type("question_1", "Hvilke registre skal I bruge?")
    with hands.page.expect_popup() as opened:
        hands.page.locator("button.preview").click()
    opened.value.wait_for_load_state()
    assert "Hvilke registre skal I bruge?" in opened.value.locator("body").inner_text()
    hands.at(page)
    hands.press()
    hands.at(f"/authorisations/{case.number}/")
    assert case.questions.filter(text__startswith="Hvilke registre").count() == 1
