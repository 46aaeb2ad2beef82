"""The rooms behind `lib.explore`, from the ground up.

`sliders`: where a slider can stand · `scene`: a figure that moves · `svg`: its picture for a page ·
`page`: its face on the website · `widget`: its face in a notebook.
"""
