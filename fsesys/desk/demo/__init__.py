"""The demo office: believable people and cases, made through the actions under a moved clock."""
