components-nobody-yet = لا أحد بعد
components-close = إغلاق
