trouble-key-gone = ما لم يُرسل وُضع جانبًا ولم يُحذف.
