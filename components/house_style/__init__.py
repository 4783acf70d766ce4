"""How everything looks: the token files, what they must satisfy, and the style that a request asks for. No Dash."""
