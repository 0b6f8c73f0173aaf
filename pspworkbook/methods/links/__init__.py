"""How one stage feeds another: what is offered across the stages, and the twelve links that the guide's tools make."""
