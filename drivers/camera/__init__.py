"""The camera: a face, a document under the lens (高拍), or a code held before it; closed when nobody asked.

Tried with no real camera: no machine that builds this has a video device. What is proved here is proved on
drawn pictures that a simulator sends through a real socket into the same ``cv2.VideoCapture``.
"""
